"""Which words of a sentence are operations, whose they are, and in which order they come."""

from __future__ import annotations

import pytest

from ingest.enrich.unit_operations import UnitOperations
from kg.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def finder() -> UnitOperations:
    return UnitOperations(load_vocabulary())


def marked(finder: UnitOperations, text: str) -> str:
    """The own operations, then the others behind a bar, as they stand in the text."""
    found = finder.find(text).unit_ops
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    own = " ".join(mention.text for mention in found if mention.own)
    rest = " ".join(mention.text for mention in found if not mention.own)
    return f"{own} | {rest}".strip() if rest else own


FOUND = [
    ("每小时喷雾造粒10公斤", "喷雾造粒"),
    ("每小时煅烧10公斤", "煅烧"),
    ("每小时烧结10公斤氧化铝", "烧结"),
    ("每天造粒80公斤", "造粒"),
    ("浆料经喷雾干燥造粒后压制成型，再于氮气中烧结。", "喷雾干燥造粒 压制成型 烧结"),
    ("粉体先球磨再过筛，随后冷等静压成型。", "球磨 过筛 冷等静压成型"),
    ("采用磁控溅射在基片上沉积氮化钛薄膜。", "磁控溅射 沉积"),
    ("母液浓缩后重结晶，离心、冻干得到产品。", "浓缩 重结晶 离心 冻干"),
    ("正极浆料涂布、辊压、分切后卷绕，注液并化成。", "涂布 辊压 分切 卷绕 注液 化成"),
    ("电路板经ＳＭＴ贴片和回流焊后完成整机联调。", "ＳＭＴ贴片 回流焊 整机联调"),
    ("脂肪酸与甲醇在固体碱催化下酯交换。", "酯交换"),
    ("菌株经发酵、酶解和超滤得到多肽溶液。", "发酵 酶解 超滤"),
    ("将合金锭真空感应熔炼，再热轧、退火。", "真空感应熔炼 热轧 退火"),
    ("树脂与填料混合均匀后注塑。", "混合均匀 注塑"),
    ("喷雾 干燥 后的粉末 煅烧 两次。", "喷雾 干燥 煅烧"),
    ("用原子层沉积法制备氧化铝钝化层。", "原子层沉积"),
    ("零件经3D打印成形后热等静压。", "3D打印 成形 热等静压"),
    ("污水经混凝沉淀和反渗透处理后回用。", "混凝沉淀 反渗透"),
]
GENERALISED = [
    ("毛坯采用凝胶注模成型。", "凝胶注模成型"),
    ("采用高频感应熔炼制得母合金。", "高频感应熔炼"),
    ("陶瓷生坯经分段微波烧结致密化。", "分段微波烧结"),
    ("滤饼低温真空干燥备用，属于材料生产。", "低温真空干燥"),
]
NO_OPERATION = [
    "一种发酵乳的风味研究",
    "每小时处理10公斤物料",
    "每小时生产10公斤",
    "每小时蒸发30公斤",
    "一天蒸发30公斤",
    "新型烧结助剂的配方",
    "引线镀层的可焊性良好",
    "混合动力汽车的能量管理",
    "空气过滤器与干燥剂的选型",
    "该涂层耐老化、抗氧化",
    "氧化铝陶瓷和氮化硅轴承",
    "二氧化碳与过氧化氢的浓度",
    "本文研究制备、合成与处理的反应机理",
    "基于图像特征提取与信息过滤的推荐算法",
    "部分离子转化成中间体，为污水解决方案",
    "增加聚集度，与相关环境一致，零部件装备",
    "模拟退火与协同过滤结合的优化方法",
    "水泥混凝土路面的裂缝",
    "多源数据清洗与聚合平台",
    "The furnace was heated, then cooled overnight.",
    "",
]
NOT_OWN = [
    ("传统喷雾干燥存在能耗高的问题，本项目采用微波干燥。", "微波干燥 | 喷雾干燥"),
    ("与常规烧结相比，采用放电等离子烧结。", "放电等离子烧结 | 烧结"),
    ("坯体无需烧结，经冷等静压即可使用。", "冷等静压 | 烧结"),
    ("目前，该粉体多采用球磨生产。", "| 球磨"),
    ("公司现有电镀产线污染大，希望改用磁控溅射。", "磁控溅射 | 电镀"),
    ("以冷喷涂代替电镀，提高了材料寿命。", "冷喷涂 | 电镀"),
    ("避免了干燥过程中颗粒的团聚。", "干燥"),
    ("产品可应用于焊接、铸造等领域，由模压成型。", "模压成型 | 焊接 铸造"),
    ("在传统铸造基础上采用半固态压铸。", "半固态压铸 | 铸造"),
    ("不经退火直接冷轧成带材。", "冷轧 | 退火"),
    ("目前已完成喷雾干燥中试。", "喷雾干燥"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND + GENERALISED + NOT_OWN)
def test_the_operations_of_a_sentence(finder: UnitOperations, text: str, expected: str) -> None:
    assert marked(finder, text) == expected


@pytest.mark.parametrize("text", NO_OPERATION)
def test_words_that_are_no_operation(finder: UnitOperations, text: str) -> None:
    assert marked(finder, text) == ""


def test_names_are_the_vocabularys(finder: UnitOperations) -> None:
    names = [mention.name for mention in finder.find("经冻干、喷干和高温烧结。").unit_ops]
    assert names == ["冷冻干燥", "喷雾干燥", "烧结"]


def test_an_unlisted_compound_keeps_its_own_name_and_says_its_head(finder: UnitOperations) -> None:
    (mention,) = finder.find("毛坯经双频超声熔炼。").unit_ops
    assert mention.name == mention.text
    assert "熔炼" in mention.rule


def test_order_counts_own_steps_and_a_repeated_name_is_the_same_step(finder: UnitOperations) -> None:
    text = "传统电镀污染大。经球磨、烧结制得靶材，烧结后机加工。"
    found = finder.find(text).unit_ops
    assert [(mention.name, mention.order) for mention in found] == [
        ("电镀", -1),
        ("球磨", 0),
        ("烧结", 1),
        ("烧结", 1),
        ("机加工", 2),
    ]


def test_tests_asked_of_a_line_are_kept_apart_and_share_the_order(finder: UnitOperations) -> None:
    found = finder.find("样机完成整机装配后需做压力校准和盐雾试验。")
    assert [(m.name, m.order) for m in found.unit_ops] == [("装配", 0)]
    assert [(m.text, m.name, m.order) for m in found.tests] == [
        ("压力校准", "压力校准", 1),
        ("盐雾试验", "盐雾试验", 2),
    ]


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("需要喷雾造粒10 kg/h，压力校准60 MPa，无菌灌装2000瓶/h", ["压力校准"]),
        ("委托盐雾试验96小时", ["盐雾试验"]),
        ("样品盐雾试验1000 h不生锈。", []),
        ("耐蚀性好，盐雾试验500h无锈蚀，需要寻找合作方。", []),
    ],
)
def test_a_test_with_its_figure_is_a_step_where_it_is_asked_for(
    finder: UnitOperations, text: str, tests: list[str]
) -> None:
    assert [one.text for one in finder.find(text).tests] == tests


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("喷雾造粒或喷雾干燥", ["喷雾干燥"]),
        ("造粒/喷雾干燥", ["喷雾干燥"]),
        ("粉体经喷雾造粒法或者喷雾干燥后烧结", ["喷雾干燥"]),
        ("涂布/辊压/分切", []),
        ("粉体先球磨再过筛", []),
        ("球磨、过筛和烧结", []),
    ],
)
def test_an_alternative_is_marked(finder: UnitOperations, text: str, alternatives: list[str]) -> None:
    assert [one.text for one in finder.find(text).unit_ops if one.alternative] == alternatives


def test_every_mention_says_why(finder: UnitOperations) -> None:
    mentions = finder.find("传统烧结能耗高，采用微波烧结。").unit_ops
    assert [mention.rule for mention in mentions] == ["listed: 热处理; background: 传统", "listed: 热处理"]


ENGLISH = [
    ("spray drying, 10 kg/h, moisture < 1%", ["喷雾干燥"]),
    ("We need tape casting and sintering at 1600 °C", ["流延", "烧结"]),
    ("Looking for a spray dryer; the powder is freeze-dried.", ["喷雾干燥", "冷冻干燥"]),
    ("Injection molding of magnetron sputtered parts", ["注射成型", "磁控溅射"]),
    ("Without conventional spray drying, we use freeze drying.", ["冷冻干燥"]),
    ("A sintering aid for ceramics", []),
    ("Deep learning on image data: feature extraction", []),
    ("本文研究了图像的 feature extraction 与 mixing 方法", []),
]


@pytest.mark.parametrize(("text", "names"), ENGLISH)
def test_english_names_are_read_in_english_texts(finder: UnitOperations, text: str, names: list[str]) -> None:
    assert [found.name for found in finder.find(text).unit_ops if found.own] == names


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("加入粉体后超声30 min，经微波处理得到溶液。", ["超声", "微波"]),
        ("粉体溶于盐酸，(2)沉钴镍锰，(3)除钙镁后萃取。", ["沉钴镍锰", "除钙镁", "萃取"]),
        ("超声图像与改性沥青粉体的材料性能。", []),
        ("含锡铅渣通过氯化-水浸-碱熔-浓缩结晶工艺制备锡酸钠。", ["氯化", "水浸", "碱熔", "浓缩", "结晶"]),
    ],
)
def test_words_that_are_steps_only_where_their_phrase_ends(
    finder: UnitOperations, text: str, steps: list[str]
) -> None:
    assert [one.text for one in finder.find(text).unit_ops] == steps


def test_what_an_asker_does_now_is_not_own(finder: UnitOperations) -> None:
    text = "我公司产品采用人工打磨，之后喷涂，效率低。希望改为机器人打磨。"
    assert [(one.text, one.own) for one in finder.find(text).unit_ops] == [
        ("人工打磨", False),
        ("喷涂", False),
        ("机器人打磨", True),
    ]
