"""The sentences of a plan that state a relation, as one grammar; a sentence that fits no form states none.

Each form is a rule with a name; what it captures stands under the names LEAD, LIST, GROUP, INTRO. The names of the
forms are what a draft shows behind each of its rows. Clauses between commas have forms of their own: they are read
behind a sentence that leaves a REST, or alone.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lark import Lark, Token, Tree, UnexpectedInput

# Longer sentences are no forms of a plan; the parser is never given them, so that it stays fast on any text.
LONGEST = 1500

_BEHIND_A_LIST = (
    "[，,]?(?:共同)?(?:组建|成立|建立)|整合|组成|[纳划并]入|划归|作?为(?:成员|分院)|[，,]?参与|"
    "等?五?[大个]?共享中心"
)
_GRAMMAR = r"""
    start: INTRO? (membership | membership_by | led_by | founded | composed | of_group | marked_lead | merged | united
        | alliance | team | family_team | committee | district_committee | regional | centres | departments | quota
        | referral | keeps_community | alliance_links | lead_only | members_only | absorbed)
    clause: governs | recognises | connects | builds | cooperates | manages_through | group_count

    membership: (GROUP (_OF | COMMA | _OPEN)?)? _LEADER _BE? LEAD COMMA _MEMBERS TOTAL? _BE? LIST
    membership_by: _BY LEAD _LEADING COMMA? _UNITE LIST COMMA? _FOUND GROUP REST?
        | _BY LEAD COMMA _UNITE LIST COMMA? _FOUND GROUP REST?
        | _BY LEAD _LEADING COMMA? _FOUND GROUP COMMA _listed
        | _BY LEAD _LEADING COMMA? LIST _AS_MEMBERS COMMA? _FOUND GROUP REST?
    led_by: LEAD "牵头" COMMA? _UNITE LIST COMMA? _FOUND GROUP REST?
        | LEAD "牵头" COMMA? _FOUND GROUP COMMA _listed
    founded: _FOUND GROUP COMMA _led COMMA _listed
        | _FOUND _BY LEAD _LEADING _OF GROUP COMMA _listed
    composed: GROUP _BY LEAD (_AS_LEAD | "牵头" COMMA?) _AND LIST "组成"
    of_group: GROUP _BY LEAD _LEADING COMMA (LIST _AS_MEMBERS | _listed)
    marked_lead: LEAD _AS_LEAD _AND LIST (COMMA? _FOUND GROUP REST?)?
    merged: "将" LIST _INTO GROUP COMMA _led REST?
    united: _UNITE LIST COMMA _FOUND GROUP COMMA _led REST?
    lead_only: _LEADER _BE LEAD
    members_only: _MEMBERS TOTAL? _BE LIST
    absorbed: "将" LIST ("纳入" | "划归" | "并入" | "划入") GROUP REST?
    _led: _LEADER _BE LEAD | _BY LEAD _LEADING
    _listed: (_MEMBERS TOTAL? _BE? | _UNDER | _UNITE) LIST

    alliance: LEAD "牵头" COMMA _UNITE LIST COMMA _FOUND ALLIANCE REST?
    team: "成立由" LEAD "牵头" COMMA _UNITE LIST "组成的" TEAM REST?
    family_team: "由" LIST "组成" TEAM REST?
    committee: (DONE COMMA)? "成立" COMMITTEE (COMMA? REST)?
    district_committee: ("以区为单位"|"以县为单位"|"各区"|"各县") "成立" COMMITTEE COMMA? REST?
    regional: LEAD "建成启用后" COMMA? REST
    centres: PREFIX "设立" LIST ("等" | "五大" | "五个")? "共享中心" REST?
    departments: _AT_LEAD _SET DEPARTMENTS (COMMA REST)?
    quota: PREFIX? "至少" FRACTION "的门诊号源和" FRACTION "的住院床位" REST
    referral: PREFIX? "接收上转患者" REST
    keeps_community: ("仍然" | "继续")? "保持" AREA_WORD _KEPT COMMA REST
    alliance_links: "专科联盟与各" GROUP "建立紧密合作关系" REST?

    governs: COMMITTEE? "负责"? "统筹" GOVERNED
    recognises: SCOPE _RESULTS REST?
    connects: "依托" PLATFORM ("贯通"|"联通"|"连通"|"连接") REST | EACH? "接入" PLATFORM REST?
    builds: _FOUND PLATFORM REST?
    cooperates: "与各" EACH? ("建立" | "开展" | "形成")? _CLOSE REST?
    manages_through: "牵头" ("医院"|"单位") "通过" _COMMUNITY REST

    group_count: BEFORE? _FOUND NUMBER "个" KIND

    _LEADING: /牵头|领办|(?:作)?为(?:牵头(?:医院|单位|机构)?|龙头(?:医院|单位)?|核心(?:医院|单位)?|总院|依托)/
    _LEADER: /(?:牵头|龙头)(?:医院|单位|机构)?|总院/
    _AS_LEAD: /[（(](?:牵头|龙头|总院)(?:医院|单位|机构)?[)）]/
    _MEMBERS: /成员(?:单位|医院|机构)?|下属单位|分院/
    _AS_MEMBERS: /(?:作)?为(?:成员(?:单位|医院|机构)?|分院)|参与/
    _UNDER: /(?:下设|下辖)/
    _UNITE: "联合" | "会同" | "整合" | "携手"
    _INTO: /整合(?:到|为|成|组建)|组建(?:为|成)?|组成/
    _BY: "由" | "以" | "依托"
    _AND: "、" | "和" | "与" | "联合" | "，" | ","
    _OF: "的"
    _OPEN: "（" | "("
    _FOUND: /(?:共同)?(?:组建|成立|建立|构建|建设)/
    _AT_LEAD: /[^，,。；;：:]{0,20}牵头(?:医院|单位)(?:为依托[，,])?/
    _SET: /(?:统筹)?(?:设置|设立|建立健全|建立)/
    _RESULTS: /的?检查检验(?:结果)?(?:的)?互认/
    _CLOSE: /紧密(?:协作|合作)(?:关系)?/
    _BE: /(?:分别)?(?:包括|为|是|有)[：:]?|由|：|:/
    TOTAL: /[（(]?共?(?:[0-9]+|[一二三四五六七八九十两]+)[个家所][)）]?[，,]?/
    INTRO: /[^。：:，,]{0,60}[：:](?:[一二三四五六七八九]是)?|[一二三四五六七八九]是|其中[，,]?/
    COMMA: /[，,；;]/
    LEAD: /(?:(?![（(]?牵头|[（(](?:龙头|总院)|领办|为牵头|作为|为龙头|为核心|为总院|为依托|建成启用后)[^，,；;：:。])+/
    LIST: /(?:(?!BEHIND_A_LIST)[^。；;])+/
    GROUP: /[^，,。；;：:]{0,30}(?:医疗集团|健康集团|医联体|医共体|共同体|总医院)(?:[（(][^（()）]{1,20}[)）])?/
    ALLIANCE: /[^，,。；;]{0,30}联盟/
    TEAM: /[^，,。；;]{0,40}团队/
    COMMITTEE: /[^，,。；;的]{0,40}(?:管委会|管理委员会|领导小组)/
    FRACTION: /[一二三四五六七八九十]+分之[一二三四五六七八九十]+|[0-9]+\/[0-9]+|[0-9.]+%/
    _KEPT: /医共体(?:组织)?架构(?:不变)?/
    AREA_WORD: /[^，,。；;]{1,12}?(?=医共体(?:组织)?架构)/
    _COMMUNITY: /[^，,]{0,4}医共体/
    BEFORE: /[^，,。；;]{1,20}?(?=组建|成立|建立|构建|建设)/
    NUMBER: /[0-9]{1,3}|[一二三四五六七八九十两]{1,3}/
    KIND: /(?:紧密型|城市|县域|区域)*(?:医疗集团|医联体|医共体|医疗卫生共同体|集团)/
    DONE: /[^，,。；;]{2,40}/
    DEPARTMENTS: /[^，,。；;]{2,100}?(?=等?(?:管理|职能)部门)等?(?:管理|职能)部门/
    PLATFORM: /[^，,。；;、]{2,30}?平台/
    SCOPE: /[^，,。；;]*?(?:集团|医联体|医共体)(?:内部?|之间|间)(?:[和与、及].{0,8}?(?:内部?|之间|间))?/
    GOVERNED: /[^，,。；;]*(?:集团|医联体|医共体|联盟)[^。]*/
    EACH: /[^，,。；;]{0,10}(?:集团|医联体|医共体)/
    PREFIX: /(?:(?!，?设立|接收上转患者|至少)[^。])+/
    REST: /[^。]+/
""".replace("BEHIND_A_LIST", _BEHIND_A_LIST)

# A clause without one of these words fits no form of a clause, and is not given to the parser.
_OF_CLAUSES = re.compile("统筹|互认|平台|紧密|通过|个")
_CLAUSES = re.compile("[，,]")


@cache
def _parser() -> Lark:
    return Lark(
        _GRAMMAR, parser="earley", lexer="dynamic", ambiguity="resolve", start=["start", "clause"]
    )


def read_sentence(sentence: str) -> tuple[str, dict[str, list[str]]] | None:
    """Return the form of a sentence and what it captures, or None where it fits no form.

    >>> form, parts = read_sentence("牵头医院为甲县人民医院，成员单位包括乙镇卫生院、丙镇卫生院")
    >>> form, parts["LEAD"], parts["LIST"]
    ('membership', ['甲县人民医院'], ['乙镇卫生院、丙镇卫生院'])
    """
    return _read(sentence, "start") if 4 <= len(sentence) <= LONGEST else None


def read_clauses(text: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Return the form and the parts of every clause between commas that fits a form of a clause.

    >>> read_clauses("方便群众，推动集团内和集团之间检查检验结果互认")
    [('recognises', {'SCOPE': ['推动集团内和集团之间']})]
    """
    clauses = [part.strip() for part in _CLAUSES.split(text[:LONGEST])]
    read = [_read(clause, "clause") for clause in clauses if _OF_CLAUSES.search(clause)]
    return [one for one in read if one is not None]


def forms() -> set[str]:
    """Return the names of all forms of sentences and clauses."""
    rules = {str(rule.origin.name) for rule in _parser().rules}
    return {name for name in rules if not name.startswith("_") and name not in ("start", "clause")}


@lru_cache(maxsize=4096)  # boilerplate stands in a text again and again
def _read(text: str, start: str) -> tuple[str, dict[str, list[str]]] | None:
    try:
        tree = _parser().parse(text, start=start)
    except UnexpectedInput:
        return None
    form = tree.children[-1]
    assert isinstance(form, Tree)
    parts: dict[str, list[str]] = {}
    for token in tree.scan_values(lambda v: isinstance(v, Token)):
        parts.setdefault(token.type, []).append(str(token))
    return str(form.data), parts
