"""A register in which every kind has a public record, a restricted one and one that is retired; all invented.

Restricted names and keys hold 暗月 or HUSH, retired ones 旧星 or GONE. What restricted records alone name (an
owner, a field, an operation) is hidden with them; retired ones name only what public records name too. The
hidden rows stand last in each file, so that the register without them is the same to the last line number.
"""

from __future__ import annotations

from pathlib import Path

HIDDEN = ("暗月", "HUSH", "旧星", "GONE")

_FILES = {
    "单位": """
单位编号,单位名称,所在地,简介,密级
O1,明川材料公司,四川省绵阳市,陶瓷粉体与造粒,公开
HUSH-O,暗月重工,四川省成都市,陶瓷粉体与造粒,内部
GONE-O,旧星集团,四川省德阳市,陶瓷粉体与造粒,公开
""",
    "机构": """
机构编号,机构名称,所在地,服务领域,密级
P1,江岸中试基地,四川省绵阳市,先进陶瓷,公开
HUSH-P,暗月中试基地,四川省成都市,先进陶瓷,待定密
GONE-P,旧星中试基地,四川省德阳市,先进陶瓷,公开
""",
    "产线": """
产线编号,产线名称,所属机构编号,承接成熟度,状态,密级
L1,粉体造粒线,P1,TRL 4～8,开放,公开
L2,成型烧结线,P1,TRL 4～8,开放,公开
L3,借用机构的线,HUSH-P,,开放,公开
HUSH-L,暗月造粒线,P1,TRL 1～9,开放,内部
GONE-L,旧星造粒线,P1,TRL 1～9,开放,公开
""",
    "能力": """
能力编号,能力名称,单元操作,所属产线编号,所属机构编号,参数1,下限1,上限1,单位1,密级
C1,喷雾造粒能力,喷雾造粒,L1,,产能,3,15,kg/h,公开
C2,烧结能力,烧结,L2,,温度,,1600,℃,公开
C3,别处的喷雾造粒,喷雾造粒,HUSH-L,,产能,1,900,kg/h,公开
C4,自有研磨设备,球磨,,P1,,,,,公开
C5,自有混料设备,混合,,GONE-P,,,,,公开
HUSH-C,暗月喷雾造粒,喷雾造粒,L1,,产能,1,900,kg/h,内部
HUSH-C2,暗月等离子球化,暗月球化,,P1,,,,,内部
GONE-C,旧星喷雾造粒,喷雾造粒,L1,,产能,1,900,kg/h,公开
GONE-C2,旧星球磨能力,球磨,,P1,,,,,公开
""",
    "基金": """
基金编号,基金名称,单笔投资,投资阶段,投资领域,投资地域,管理人,密级
F1,江岸中试基金,100万—800万元,TRL 4～7,先进材料,四川省,明川材料公司,公开
HUSH-F,暗月基金,1万—9亿元,TRL 1～9,先进陶瓷,四川省,暗月资本,内部
GONE-F,旧星基金,1万—9亿元,TRL 1～9,先进陶瓷,四川省,明川材料公司,公开
""",
    "需求": """
需求编号,需求名称,需求内容,提出单位,所属领域,所需工艺,所在地,密级
N1,需要造粒,需要 12 kg/h 的喷雾造粒,明川材料公司,先进陶瓷,喷雾造粒,四川省绵阳市,公开
HUSH-N,暗月的造粒需求,需要 90 kg/h 的喷雾造粒,暗月实业,暗月产业,暗月球化,四川省绵阳市,内部
GONE-N,旧星的造粒需求,需要 90 kg/h 的喷雾造粒,明川材料公司,先进陶瓷,球磨,四川省绵阳市,公开
""",
    "成果": """
成果编号,成果名称,成果简介,完成单位,所属领域,关键词,年份,技术成熟度,单位所在地,资金需求,密级
A1,氧化锆粉体造粒,以 10 kg/h 喷雾造粒后在 1500 ℃ 烧结。,明川材料公司,先进陶瓷,造粒,2024,5,四川省绵阳市,300万元,公开
A2,氮化硅粉体,球磨后喷雾造粒，产能 40 kg/h。,明川材料公司,先进陶瓷,造粒,2023,4,四川省绵阳市,200万元,公开
A3,陶瓷浆料混合,混合后喷雾造粒。,明川材料公司,先进陶瓷,浆料,2022,6,四川省绵阳市,200万元,公开
HUSH-A,暗月粉体造粒,以 10 kg/h 喷雾造粒后冷等静压。,暗月研究所;明川材料公司,暗月领域,暗月造粒,1999,9,四川省绵阳市,300万元,内部
GONE-A,旧星粉体造粒,以 10 kg/h 喷雾造粒后烧结。,明川材料公司,先进陶瓷,旧星造粒,1998,8,四川省绵阳市,300万元,公开
""",  # noqa: E501
    "领域": """
领域编号,领域名称,上级领域,同义词
D1,先进陶瓷,先进材料,特种陶瓷
GONE-D,旧星陶瓷,先进材料,先进陶瓷
""",
    "地区": """
区划代码,地区名称,上级地区
R1,科创新区,四川省绵阳市
GONE-R,旧星新区,四川省绵阳市
""",
    "工艺": """
单元操作编号,单元操作名称,同义词,上位操作
U1,团粒,成粒,造粒
GONE-U,旧星工序,旧星成粒,造粒
""",
    "许可": """
许可编号,许可名称,许可类别,持证单位,覆盖产线,有效期至,密级
X1,安全生产许可证,安全生产许可证,P1,L1,2031-03-01,公开
HUSH-X,暗月辐射安全许可证,辐射安全许可证,P1,L1,2031-03-01,内部
GONE-X,旧星排污许可证,排污许可证,P1,L1,2031-03-01,公开
""",
    "距离": """
产线编号,目的地,距离(公里)
L1,L2,7
L1,HUSH-L,1
L1,GONE-L,1
""",
}
_KINDS = {
    "单位": ("Organization", "单位编号"),
    "机构": ("PilotInstitution", "机构编号"),
    "产线": ("PilotLine", "产线编号"),
    "能力": ("Capability", "能力编号"),
    "基金": ("Fund", "基金编号"),
    "需求": ("Need", "需求编号"),
    "成果": ("Achievement", "成果编号"),
    "领域": ("Field", "领域编号"),
    "地区": ("Region", "区划代码"),
    "工艺": ("UnitOp", "单元操作编号"),
    "许可": ("Permit", "许可编号"),
}
PUBLIC_KEYS = [
    "O1",
    "P1",
    "L1",
    "L2",
    "L3",
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "F1",
    "N1",
    "A1",
    "A2",
    "A3",
    "D1",
    "R1",
    "U1",
    "X1",
]


def hidden_keys(mark: str) -> list[str]:
    """The keys that stand at the head of a row and hold HUSH or GONE."""
    heads = [line.split(",")[0] for text in _FILES.values() for line in text.strip().splitlines()]
    return [head for head in heads if head.startswith(mark)]


def write_register(folder: Path, *marks: str) -> Path:
    """Write the files, with the rows of these marks (HUSH, GONE) beside the public ones; the source file."""
    folder.mkdir(parents=True, exist_ok=True)
    left_out = {"HUSH", "GONE"} - set(marks)
    for name, text in _FILES.items():
        lines = [line for line in text.strip().splitlines() if not line.startswith(tuple(left_out))]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    source = folder / "来源.yaml"
    source.write_text(_source(), encoding="utf-8")
    return source


def _source() -> str:
    lines = ["source: 手写名册", "sheets:"]
    for name, (kind, key) in _KINDS.items():
        lines.append(f"  {name}: {{file: {name}*, kind: {kind}, key: {key}, usual_headers: true}}")
    lines.append(
        "  距离: {file: 距离*, kind: PilotLine, key: 产线编号, several: true, "
        "distances: [{place: 目的地, km: 距离, kind: PilotLine}]}"
    )
    return "\n".join(lines) + "\n"
