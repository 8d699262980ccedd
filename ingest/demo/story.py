"""Texts like real registration abstracts, together with what they truly say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from random import Random

from ingest.demo.model import (
    Catalogue,
    ChainStep,
    Difficulty,
    Industry,
    Maturity,
    Product,
    Range,
    Step,
    Story,
    Want,
)
from ingest.demo.numbers import stretched, want

SYNONYMS: Mapping[Difficulty, float] = {"plain": 0.12, "paraphrased": 0.9, "incomplete": 0.5}
CHINESE_UNITS: Mapping[Difficulty, float] = {"plain": 0.08, "paraphrased": 0.5, "incomplete": 0.25}
NUMBER = re.compile(r"\[(\d+(?:\.\d+)?)~(\d+(?:\.\d+)?)\]")
MOST_DETAILS = 5
TRIALS = ("试验", "测试", "校准", "验证", "联调", "实测", "装配")  # nobody replaces these by a better process


def fill_numbers(rng: Random, text: str) -> str:
    """Draws a number for every `[a~b]`, with the decimals of the longer end."""

    def number(found: re.Match[str]) -> str:
        low, high = found.groups()
        decimals = max(len(end.partition(".")[2]) for end in (low, high))
        return f"{rng.uniform(float(low), float(high)):.{decimals}f}"

    return NUMBER.sub(number, text)


def _operations(industry: Industry) -> set[str]:
    return {op for chain in industry.chains.values() for step in chain for op in step.choices}


class Teller:
    """Draws stories of one industry after another; the same generator of numbers tells the same story."""

    def __init__(self, data: Catalogue) -> None:
        self.data = data
        self.words = {
            industry.field: tuple(
                sorted(
                    op
                    for op in {
                        op for chain in industry.chains.values() for step in chain for op in step.choices
                    }
                    if not op.endswith(TRIALS)
                )
            )
            for industry in data.industries
        }

    def tell(self, rng: Random, industry: Industry, difficulty: Difficulty, trl: int) -> Story:
        """A story of a result of this maturity."""
        product = rng.choice(industry.products)
        steps = self._steps(rng, industry, product, difficulty)
        prior = self._prior(rng, industry, steps)
        slots = self._slots(rng, industry, product, steps, prior)
        abstract_wants, need_wants = _divide(rng, steps, difficulty)
        text, maturity = self._abstract(rng, industry, slots, steps, abstract_wants, difficulty, trl)
        kept = tuple(_keep(step, abstract_wants | need_wants) for step in steps)
        mentioned = (prior,) if self._says(text, prior) else ()
        return Story(
            title=self._line(rng, "title", slots),
            text=text,
            pilot_need=self._pilot_need(rng, steps, need_wants),
            keywords=(product.sub, slots["modifier"], product.name, *(s.said for s in steps[:2])),
            industry=industry,
            product=product,
            steps=kept,
            mentions=mentioned,
            maturity=Maturity(maturity, trl) if maturity in text else None,
        )

    def ask(self, rng: Random, industry: Industry, difficulty: Difficulty) -> Story:
        """A story of an enterprise's need: fewer steps, asked of somebody else."""
        product = rng.choice(industry.products)
        all_steps = self._steps(rng, industry, product, difficulty)
        count = min(len(all_steps), rng.choice((1, 2, 2, 3)))
        first = rng.randrange(len(all_steps) - count + 1)
        steps = all_steps[first : first + count]
        prior = self._prior(rng, industry, all_steps)
        slots = self._slots(rng, industry, product, steps, prior)
        slots["chain"] = self._line(rng, "need_chain", slots)
        wants, _ = _divide(rng, steps, difficulty)
        slots["detail"] = "".join(self._details(rng, steps, wants, target_only=True))
        text = self._line(rng, "need_text", slots)
        return Story(
            self._line(rng, "need_title", slots), text, "", (product.sub,), industry, product,
            tuple(_keep(step, wants) for step in steps),
            (prior,) if self._says(text, prior) else (),
        )  # fmt: skip

    def _steps(
        self, rng: Random, industry: Industry, product: Product, difficulty: Difficulty
    ) -> tuple[Step, ...]:
        chain = [step for step in industry.chains[product.chain] if not step.optional or rng.random() < 0.5]
        return tuple(self._step(rng, step, product, difficulty) for step in chain)

    def _step(self, rng: Random, place: ChainStep, product: Product, difficulty: Difficulty) -> Step:
        operation = self.data.operations[rng.choice(place.choices)]
        synonym = rng.random() < SYNONYMS[difficulty]
        said = rng.choice(operation.synonyms if synonym else operation.words)
        ranges: Mapping[str, Range] = product.at.get(operation.name, {})
        wants = tuple(
            want(
                rng, one, stretched(rng, one, ranges.get(one.name, one.need)), self.data.units,
                CHINESE_UNITS[difficulty],
            )
            for one in operation.parameters
        )  # fmt: skip
        return Step(operation.name, said, synonym, wants)

    def _prior(self, rng: Random, industry: Industry, steps: Iterable[Step]) -> str:
        """An operation of the field that is not a step: the practice that the result replaces."""
        taken = {step.op for step in steps}
        return rng.choice([op for op in self.words[industry.field] if op not in taken])

    def _says(self, text: str, op: str) -> bool:
        return any(word in text for word in (op, *self.data.operations[op].words))

    def _slots(
        self, rng: Random, industry: Industry, product: Product, steps: tuple[Step, ...], prior: str
    ) -> dict[str, str]:
        said = [step.said for step in steps]
        a, b, c = rng.sample(industry.indicators[product.chain], 3)
        return {
            "product": product.name,
            "raw": product.raw,
            "modifier": rng.choice(industry.modifiers),
            "use": rng.choice(industry.uses),
            "aspect": rng.choice(self.data.phrases["aspect"]),
            "prior": prior,
            "steps": _listed(rng, said),
            "arrow": rng.choice(("→", "—", "－", "->")).join(said),
            "plus": "+".join(said),
            "first": said[0],
            "middle": "、".join(said[1:-1]) or said[0],
            "last": said[-1],
            "a": fill_numbers(rng, a),
            "b": fill_numbers(rng, b),
            "c": fill_numbers(rng, c),
        }

    def _line(self, rng: Random, part: str, slots: Mapping[str, str]) -> str:
        return rng.choice(self.data.phrases[part]).format_map(slots)

    def _chain(self, rng: Random, slots: Mapping[str, str], count: int) -> str:
        if count == 1:
            return self._line(rng, "chain_one", slots)
        lines = self.data.phrases["chain"]
        fitting = [line for line in lines if count > 2 or "{middle}" not in line]
        return rng.choice(fitting).format_map(slots)

    def _abstract(
        self, rng: Random, industry: Industry, slots: Mapping[str, str], steps: tuple[Step, ...],
        wants: set[Want], difficulty: Difficulty, trl: int,
    ) -> tuple[str, str]:  # fmt: skip
        background = rng.choice(industry.backgrounds).format_map(slots)
        chain = self._chain(rng, slots, len(steps))
        detail = "".join(self._details(rng, steps, wants))
        indicator = self._line(rng, "indicator", slots)
        maturity = fill_numbers(rng, rng.choice(self.data.maturity[trl]))
        ask = (self._line(rng, "advantage", slots) if rng.random() < 0.7 else "") + rng.choice(
            self.data.phrases["ask"]
        )
        if difficulty == "incomplete" and rng.random() < 0.5:
            return (background + chain if rng.random() < 0.7 else chain + maturity), maturity
        return _arrange(rng, background, chain, detail, indicator, maturity, ask), maturity

    def _details(
        self, rng: Random, steps: tuple[Step, ...], wants: set[Want], *, target_only: bool = False
    ) -> list[str]:
        found = []
        for step in steps:
            for one in step.wants:
                if one not in wants:
                    continue
                part = {"scale": "scale", "finest": "finest"}.get(one.kind, "condition")
                if part == "scale" and (target_only or rng.random() < 0.35):
                    part = "scale_target"
                slots = {"word": step.said, "parameter": one.parameter, "q": one.text, "lab": one.lab}
                found.append(self._line(rng, part, slots))
        return found

    def _pilot_need(self, rng: Random, steps: tuple[Step, ...], wants: set[Want]) -> str:
        if not wants:
            return ""
        asked = [
            f"{step.said}（{'，'.join(one.parameter + one.text for one in step.wants if one in wants)}）"
            for step in steps
            if any(one in wants for one in step.wants)
        ]
        return rng.choice(self.data.phrases["request"]).format(word="、".join(asked))


def _divide(rng: Random, steps: tuple[Step, ...], difficulty: Difficulty) -> tuple[set[Want], set[Want]]:
    """Which quantities the abstract states and which the column of pilot needs; the rest stay unsaid."""
    everything = [one for step in steps for one in step.wants]
    if difficulty == "incomplete" or not everything:
        return set(), set()
    rng.shuffle(everything)
    stated = everything[: min(MOST_DETAILS, max(1, round(len(everything) * rng.uniform(0.4, 0.9))))]
    moved = [one for one in stated if one.kind == "scale"][:2] if rng.random() < 0.35 else []
    return set(stated) - set(moved), set(moved)


def _keep(step: Step, wants: set[Want]) -> Step:
    return Step(step.op, step.said, step.synonym, tuple(one for one in step.wants if one in wants))


def _listed(rng: Random, said: list[str]) -> str:
    if len(said) == 1:
        return said[0]
    if rng.random() < 0.35:
        return f"{'、'.join(said[:-1])}{rng.choice(('和', '以及', '及'))}{said[-1]}"
    return rng.choice(("、", "、", "，")).join(said)


def _arrange(
    rng: Random, background: str, chain: str, detail: str, indicator: str, maturity: str, ask: str
) -> str:
    """The parts in one of the orders that people use."""
    layout = rng.randrange(7)
    if layout < 3:
        return background + chain + detail + indicator + maturity + ask
    if layout == 3:
        return chain + detail + maturity + indicator + background + ask
    if layout == 4:
        return (
            f"一、项目背景：{background}二、技术内容：{chain}{detail}"
            f"三、技术指标：{indicator}四、成熟程度：{maturity}{ask}"
        )
    if layout == 5:
        return f"{background}（1）{chain}{detail}（2）{indicator}（3）{maturity}{ask}"
    return maturity + background + chain + indicator + detail + ask
