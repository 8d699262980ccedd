"""Words by which a text asks somebody for something: 谁能做, 想找人, 能否, 有没有.

What they ask for is wanted and was not done; a text that seeks somebody is a need.
"""

from __future__ import annotations

import re

_WHO = r"(?:谁家?|哪[家里儿]|哪个(?:厂|单位|公司))"
_WISH = "(?<![理思设联构梦猜幻回感料不])想"
_TO_DO = "想(?:要|做|把|将|用|试)"
_WHETHER = r"(?:[能可]否|能不能|可不可以|有没有)"
_SEEK = r"(?<![寻查])找(?![到出准平回矿对])"
_SEEKS = (
    rf"{_WHO}(?:能|可以?|会|有|做)|{_WISH}(?:找|请|求|委托|借|租|买)"
    r"|(?<![寻查])找(?:人|谁|厂|单位|能|可|一?[家台个条])|帮(?:我(?!国)|做)"
)
_OPENS = r"(?:^|[。；！？!?\n])(?:请问|你们|贵[厂司]|我们?|我[司厂])?"
SEEKS = (
    rf"{_SEEKS}|{_OPENS}(?:{_WHETHER}|{_TO_DO}|{_SEEK})"
    rf"|{_WHETHER}(?:帮|请|提供|承接|代加?工|做)"
)
"""Where a text seeks somebody who does something for it; a study only wonders (，能否经受…)."""
ASKED = re.compile(
    rf"{_SEEKS}|{_WHETHER}|{_SEEK}|{_WISH}(?:要|做|把|将|用|试)"
    r"|(?:需要?|求|须)(?:完成|进行|开展|实现|建[成立设]|做|提供|通过|达到|取得|获得|形成)(?!了)"
)
"""Words before (or, as a question, behind) what is asked for."""
