"""The columns of centres, teams and the other kinds."""

from __future__ import annotations

from medgraph.words.columns.field import Field
from medgraph.words.columns.shared import (
    DATED,
    ENDPOINTS,
    ID,
    IDENTIFIERS,
    NAME,
    OTHER_NAMES,
    PLACEHOLDER,
)


def _plain(*extra: Field) -> tuple[Field, ...]:
    return (ID, NAME, *OTHER_NAMES, *extra, PLACEHOLDER, *DATED)


CENTRES = _plain(Field("type", "类型", vocabulary="centre_type", also=("中心类型",)))
TEAMS = _plain(Field("type", "类型", vocabulary="team_type", also=("团队类型",)))
COMMITTEES = _plain(
    Field("admin_level", "隶属级别", vocabulary="admin_level", also=("行政级别",)),
    Field("area", "所在区划", "id", also=("所在区划代码", "区划代码", "所在地")),
)
DEPARTMENTS = _plain(Field("type", "类型"))
PLATFORMS = _plain(ENDPOINTS)
AUTHORITIES = _plain(IDENTIFIERS)
