"""Every case of the tables in this folder, asked through the public door."""

from __future__ import annotations

import pytest

from tests.transfer.cases import door
from tests.transfer.cases.conftest import Base
from tests.transfer.cases.judging import differences
from tests.transfer.cases.reading import Case, cases


@pytest.mark.parametrize("case", [pytest.param(one, id=one.name) for one in cases()])
def test_case(base: Base, case: Case) -> None:
    wrong = differences(case, door.asked_of(base.client, case.ask))
    assert not wrong, "\n".join([str(case.expect["why"]), *wrong])
