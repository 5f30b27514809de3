"""The sentences of a plan that state a relation, as one grammar; a sentence that fits no form states none.

Each form is a rule with a name; what it captures stands under the names LEAD, LIST, GROUP, INTRO. The names of the
forms are what a draft shows behind each of its rows.
"""

from __future__ import annotations

from functools import cache

from lark import Lark, Token, Tree, UnexpectedInput

# Longer sentences are no forms of a plan; the parser is never given them, so that it stays fast on any text.
LONGEST = 1500

_GRAMMAR = r"""
    start: INTRO? (membership | membership_by | led_by | founded | composed | alliance | team | family_team
        | committee | district_committee | regional | centres | quota | referral | keeps_community | alliance_links
        | recognition | lead_only | members_only | absorbed)

    membership: _LEADER _BE? LEAD COMMA _MEMBERS TOTAL? _BE LIST
    membership_by: ("由"|"以") LEAD _LEADING COMMA? _UNITE LIST COMMA? _FOUND GROUP REST?
        | ("由"|"以") LEAD _LEADING COMMA? _FOUND GROUP COMMA (_MEMBERS TOTAL? _BE | _UNDER) LIST
        | ("由"|"以") LEAD _LEADING COMMA? LIST _AS_MEMBERS COMMA? _FOUND GROUP REST?
    led_by: LEAD "牵头" COMMA? _UNITE LIST COMMA? _FOUND GROUP REST?
        | LEAD "牵头" COMMA? _FOUND GROUP COMMA (_MEMBERS TOTAL? _BE | _UNDER) LIST
    founded: _FOUND GROUP COMMA _led COMMA (_MEMBERS TOTAL? _BE | _UNDER | _UNITE) LIST
    _led: _LEADER _BE LEAD | ("由"|"以") LEAD _LEADING
    composed: GROUP "由" LEAD ("（牵头）" | "(牵头)" | "牵头" COMMA?) ("、" | "和" | "与" | _UNITE) LIST "组成"
    lead_only: _LEADER _BE LEAD
    members_only: _MEMBERS TOTAL? _BE LIST
    absorbed: "将" LIST ("纳入" | "划归" | "并入") GROUP REST?

    alliance: LEAD "牵头" COMMA _UNITE LIST COMMA _FOUND ALLIANCE REST?
    team: "成立由" LEAD "牵头" COMMA _UNITE LIST "组成的" TEAM REST?
    family_team: "由" LIST "组成" TEAM REST?
    committee: "成立" COMMITTEE REST?
    district_committee: ("以区为单位"|"以县为单位"|"各区"|"各县") "成立" COMMITTEE REST?
    regional: LEAD "建成启用后" REST
    centres: PREFIX "设立" LIST ("等" | "五大" | "五个")? "共享中心" REST?
    quota: PREFIX? "至少" FRACTION "的门诊号源和" FRACTION "的住院床位" REST
    referral: PREFIX? "接收上转患者" REST
    keeps_community: ("仍然")? "保持" AREA_WORD "医共体组织架构" COMMA REST
    alliance_links: "专科联盟与各" GROUP "建立紧密合作关系" REST?
    recognition: PREFIX? "检查检验结果互认" REST?

    _LEADING: "牵头" | /(?:作)?为(?:牵头(?:医院|单位)?|龙头|核心|依托)/
    _LEADER: /(?:牵头|龙头)(?:医院|单位|机构)/
    _MEMBERS: /成员(?:单位|医院|机构)?|下属单位/
    _AS_MEMBERS: /(?:作)?为成员(?:单位)?/
    _UNDER: /(?:下设|下辖)/
    _UNITE: "联合" | "会同" | "整合" | "携手"
    _FOUND: "组建" | "成立" | "建立"
    _BE: /(?:分别)?(?:包括|为|是|有)[：:]?|由|：|:/
    TOTAL: /[（(]?共?(?:[0-9]+|[一二三四五六七八九十两]+)[个家所][)）]?[，,]?/
    INTRO: /[^。：:，,]{0,60}[：:](?:[一二三四五六七八九]是)?|[一二三四五六七八九]是|其中[，,]?/
    COMMA: /[，,；;]/
    LEAD: /(?:(?![（(]?牵头|为牵头|作为|为龙头|为核心|为依托|建成启用后)[^，,；;：:。])+/
    LIST: /(?:(?![，,]?(?:组建|成立|建立)|组成|纳入|划归|并入|作?为成员|等?(?:五大|五个)?共享中心)[^。；;])+/
    GROUP: /[^，,。；;：:]{0,30}(?:医疗集团|健康集团|医联体|医共体|共同体|总医院)(?:[（(][^（()）]{1,20}[)）])?/
    ALLIANCE: /[^，,。；;]{0,30}联盟/
    TEAM: /[^，,。；;]{0,40}团队/
    COMMITTEE: /[^，,。；;的]{0,40}(?:管委会|管理委员会|领导小组)/
    FRACTION: /[一二三四五六七八九十]+分之[一二三四五六七八九十]+|[0-9]+\/[0-9]+|[0-9.]+%/
    AREA_WORD: /[^，,。；;]{1,12}(?=医共体组织)/
    PREFIX: /(?:(?!，?设立|接收上转患者|检查检验结果互认|至少)[^。])+/
    REST: /[^。]+/
"""


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="earley", lexer="dynamic", ambiguity="resolve")


def read_sentence(sentence: str) -> tuple[str, dict[str, list[str]]] | None:
    """Return the form of a sentence and what it captures, or None where it fits no form.

    >>> form, parts = read_sentence("牵头医院为甲县人民医院，成员单位包括乙镇卫生院、丙镇卫生院")
    >>> form, parts["LEAD"], parts["LIST"]
    ('membership', ['甲县人民医院'], ['乙镇卫生院、丙镇卫生院'])
    """
    if not 4 <= len(sentence) <= LONGEST:
        return None
    parser = _parser()
    try:
        tree = parser.parse(sentence)
    except UnexpectedInput:
        return None
    form = tree.children[-1]
    assert isinstance(form, Tree)
    parts: dict[str, list[str]] = {}
    for token in tree.scan_values(lambda v: isinstance(v, Token)):
        parts.setdefault(token.type, []).append(str(token))
    return str(form.data), parts
