"""Turn the rows of a workbook into facilities, groups and links; what is uncertain stays out and is named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from medgraph.errors import SourceError
from medgraph.graphmodel import matching as names
from medgraph.graphmodel import schema
from medgraph.loaders.foreign import cell_values as values
from medgraph.loaders.foreign.cell_account import CellAccount
from medgraph.loaders.foreign.collected_rows import Group, Tables
from medgraph.loaders.foreign.facilities import (
    Directory,
    Facility,
    Places,
    group_type,
    is_full_name,
)
from medgraph.loaders.foreign.list_cells import Part, Split, split
from medgraph.loaders.foreign.mapping import Column, MessyMapping
from medgraph.loaders.foreign.sheet_rows import Body, check_totals
from medgraph.loaders.foreign.stated_links import (
    FILLED_DOWN,
    Tie,
    consistent,
    origin_of,
    write_ties,
)
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import item
from medgraph.loaders.tabular.sheets import letter
from medgraph.suffixes import CSV
from medgraph.words.say import say
from medgraph.words.vocabularies import LEAD_ROLES, MEMBER_ROLES, NO_TICKS, TICKS, fold, word

# What is no attribute of a facility but makes links, names it, or counts.
_STRUCTURE = frozenset(
    {
        "name",
        "group",
        "lead",
        "members",
        "role",
        "alliance",
        "serves",
        "area",
        "county",
        "relation",
        "serial",
        "skip",
        "short_name",
        "aliases",
    }
)
_SAFE_ENDS = ("社区卫生服务中心", "社区卫生服务站", "中心卫生院", "卫生院", "村卫生室")


class Roster:
    """Read bodies one after another: first every facility that has a row of its own, then what refers to them."""

    def __init__(self, mapping: MessyMapping, places: Places, account: CellAccount) -> None:
        self.mapping, self.places, self.account = mapping, places, account
        self.directory = Directory(given={fold(k): v for k, v in mapping.names.items()})
        self.words = {fold(k): v for k, v in mapping.words.items()}
        self.groups: dict[str, Group] = {}
        self.tables = Tables()
        self.ties: list[Tie] = []
        self.padded: dict[str, set[int]] = {}
        self.typed_by_name: list[str] = []
        self._values: dict[str, dict[str, str]] = {}
        self._subjects: dict[int, list[list[Facility]]] = {}

    def read(self, bodies: list[Body]) -> None:
        """Read all bodies; groups and links follow when every facility is known."""
        for body in bodies:
            if body.rule.kind != "groups":
                self._subjects[id(body)] = [
                    self._facilities(body, i) for i in range(len(body.rows))
                ]
        for body in bodies:
            counts = [self._row(body, i) for i in range(len(body.rows))]
            self._asked(body)
            check_totals(body, self.account, counts)
        types = {group.id: group.type for group in self.groups.values()}
        write_ties(consistent(self.ties, types, self.account), self.tables)

    # -- facilities --------------------------------------------------------------------------------

    def _facilities(self, body: Body, index: int) -> list[Facility]:
        """The facilities that a row names, entered where they are new."""
        column = body.at("name") if body.at("name") is not None else body.at("members")
        text, row = body.cell(index, column)
        if text is None or column is None or values.is_nothing(text):
            return []
        parts = self._named_parts(body, row, column, text)
        if not parts:
            return []
        county, area = self._where(body, index, parts[0].name if len(parts) == 1 else "")
        return [self._enter(body, index, column, part, county, area, len(parts)) for part in parts]

    def _named_parts(self, body: Body, row: int, column: int, text: str) -> list[Part]:
        """The names in a cell; a date or a code is none, and of several each has to be a full name."""
        named = []
        parts = self._split(body, row, column, text) or ()
        for number, part in enumerate(parts, 1):
            where = item(number, len(parts))
            if not any(map(str.isalpha, part.name)):
                self.account.wrong(body.grid, row, column, "E178", part=where, value=part.written)
            elif len(parts) > 1 and not is_full_name(part.name):
                self.account.wrong(
                    body.grid,
                    row,
                    column,
                    "E176",
                    part=where,
                    value=part.written,
                    item=where,
                    candidates="—",
                )
            else:
                named.append(part)
        return named

    def _enter(
        self, body: Body, index: int, column: int, part: Part, county: str, area: str, count: int
    ) -> Facility:
        alone = count == 1
        others = self._others(body, index) if alone else ()
        found = self.directory.same(part.name, county)
        stated = self._attributes(body, index, found is None) if alone else {}
        if found is None:
            found = self.directory.add(part.name, others, county, area)
            record = {"id": found.id, "name": part.name, **self._constants(body), **stated}
            if not alone:
                record["origin"] = origin_of(
                    body.grid, body.rows[index], column, _split_or_typed(count)
                )
            record |= {"area": area} if area else {}
            record |= {"short_name": others[0]} if others else {}
            record |= {"aliases": "|".join(others[1:])} if others[1:] else {}
            if part.notes:
                record["note"] = "；".join([*part.notes, *filter(None, [record.get("note")])])
            self._add_type(part.name, record)
            letters = {
                c.to: letter(n)
                for n, c in reversed(body.columns.items())
                if c.to not in ("skip", "serial")
            }
            self._values[found.id] = self.tables.add(
                schema.FACILITIES,
                body.grid,
                body.rows[index],
                record,
                column,
                {**letters, "name": letter(column), "id": letter(column)},
            )
        else:
            self._again(body, index, found, stated)
        self.account.use(body.grid, body.cell(index, column)[1], column)
        return found

    def _constants(self, body: Body) -> dict[str, str]:
        """What the mapping states of every facility of a sheet."""
        try:
            given = {**body.rule.constants, body.rule.sheet_name: _sheet_title(body)}
            stated = {
                name: values.value(name, text, words=self.words)[0]
                for name, text in given.items()
                if name and name not in _STRUCTURE
            }
        except WrongError as wrong:
            raise SourceError(
                say("mapping_constant", sheet=body.grid.name, value=wrong.said["value"])
            ) from wrong
        return {name: text for name, text in stated.items() if text is not None}

    def _again(self, body: Body, index: int, found: Facility, stated: dict[str, str]) -> None:
        """A facility that has a row already: what is new is taken, what says otherwise is named."""
        there = self._values[found.id]
        self.account.note(
            body.grid.place(body.rows[index]), say("messy_note_again", name=found.name)
        )
        for name, text in stated.items():
            if there.setdefault(name, text) != text:
                column = body.at(name)
                self.account.wrong(
                    body.grid,
                    body.rows[index],
                    column,
                    "W080",
                    value=text,
                    first=there[name],
                    column=body.columns[column].title,
                    subject=found.name,
                )

    def _add_type(self, name: str, record: dict[str, str]) -> None:
        """Beyond doubt the name alone says what a primary facility is; of hospitals it does not."""
        end = next((e for e in _SAFE_ENDS if name.endswith(e)), None)
        if end and "type" not in record and (found := word("facility_type", end)):
            record["type"] = found
            self.typed_by_name.append(name)

    def _others(self, body: Body, index: int) -> tuple[str, ...]:
        found = []
        for to in ("short_name", "aliases"):
            text, row = body.cell(index, body.at(to))
            if text:
                found += [p for p in cells.texts(text).split("|") if p]
                self.account.use(body.grid, row, body.at(to))
        return tuple(found)

    def _attributes(self, body: Body, index: int, first: bool) -> dict[str, str]:
        """What a row states of its facility, as our texts; what cannot be read is named and left out."""
        stated: dict[str, str] = {}
        for column, rule in body.columns.items():
            text, row = body.cell(index, column)
            if (
                text is None
                or rule.to in _STRUCTURE
                or (row != body.rows[index] and rule.to in values.CODES)
            ):
                continue
            read = self._value(body, row, column, rule, text)
            if read is not None:
                stated.setdefault(rule.to, read)
        return stated

    def _says_nothing(self, body: Body, row: int, column: int, text: str) -> bool:
        """Whether a cell says 无 or －: skipped, with that reason."""
        if values.is_nothing(text):
            self.account.skip(body.grid, row, column, say("messy_skip_nothing"))
        return values.is_nothing(text)

    def _value(self, body: Body, row: int, column: int, rule: Column, text: str) -> str | None:
        if self._says_nothing(body, row, column, text):
            return None
        try:
            read, warning = values.value(
                rule.to,
                text,
                date=rule.date,
                unit=rule.unit,
                words=self.words,
                lost=(row, column) in body.grid.lost,
            )
        except WrongError as wrong:
            self.account.wrong(
                body.grid, row, column, wrong.code, **{"column": rule.title, **wrong.said}
            )
            return None
        if warning:
            self.account.warn(warning, body.grid.place(row, column), value=text, read=read or "")
        self.account.use(body.grid, row, column)
        return read

    # -- places ------------------------------------------------------------------------------------

    def _where(self, body: Body, index: int, name: str) -> tuple[str, str]:
        """The county and the area of a facility: what the row says, else what its name begins with."""
        county = ""
        text, row = body.cell(index, body.at("county"))
        if text and (county := self.places.county(text)):
            self.account.use(body.grid, row, body.at("county"))
        elif text:
            county = names.normal(
                text
            )  # not of the area covered, but it still tells namesakes apart
        of_sheet = _sheet_title(body) if body.rule.sheet_name == "county" else ""
        of_sheet = body.rule.constants.get("county") or of_sheet
        county = county or self.places.county(of_sheet) or names.normal(of_sheet)
        inside = self.places.county(name) if name else ""
        area = ""
        column = body.at("area")
        text, row = body.cell(index, column)
        if (
            text is not None
            and column is not None
            and not self._says_nothing(body, row, column, text)
        ):
            area = self._area(body, row, column, text, county or inside)
        return (area[:6] or county or inside), area or (
            f"{county}000000" if county.isdigit() else ""
        )

    def _area(
        self, body: Body, row: int, column: int, text: str, county: str, item: str = ""
    ) -> str:
        """The code of the area a text means; empty, and named, where it is none."""
        try:
            code, padded = values.area_code(values.code(text, lost=(row, column) in body.grid.lost))
            if code.isdigit() and len(code) == 12:
                self.padded.setdefault(body.grid.place(0, column), set()).update(
                    [row] if padded else []
                )
            found = self.places.find(text, county)
        except WrongError as wrong:
            said = {**wrong.said, "column": item or body.columns[column].title, "item": item}
            self.account.wrong(body.grid, row, column, wrong.code, part=item, **said)
            return ""
        self.account.use(body.grid, row, column)
        return found

    # -- rows --------------------------------------------------------------------------------------

    def _row(self, body: Body, index: int) -> int:
        """Read what a row says beside its facilities; return how many facilities it names."""
        if body.rule.kind == "groups":
            return self._group_row(body, index)
        subjects = self._subjects[id(body)][index]
        if not subjects:
            self._leave_row(body, index)
            return 0
        group, group_row = self._group_of(body, index)
        leads = self._named(body, index, body.at("lead"))
        if leads and group is None:
            row, column = body.cell(index, body.at("lead"))[1], body.at("lead")
            self.account.leave(
                body.grid,
                row,
                column,
                body.texts[column][index],
                say("messy_lead_without_group"),
                say("messy_lead_without_group_advice"),
            )
        elif group is not None:
            for lead, how in leads:
                row = body.cell(index, body.at("lead"))[1]
                self._tie(lead.id, "LEADS", group.id, body, row, body.at("lead"), group.name, how)
            how = FILLED_DOWN if group_row != body.rows[index] else _split_or_typed(len(subjects))
            self._memberships(body, index, subjects, group, {lead.id for lead, _ in leads}, how)
        self._other_links(body, index, subjects)
        return len(subjects)

    def _memberships(
        self,
        body: Body,
        index: int,
        subjects: list[Facility],
        group: Group,
        leads: set[str],
        how: str,
    ) -> None:
        """Tie the facilities of a row to its group, as the role says."""
        column = body.at("name") if body.at("name") is not None else body.at("members")
        cell = (body.cell(index, column)[1], column)
        role, row = body.cell(index, body.at("role"))
        relation = "MEMBER_OF"
        if role is not None:
            said = fold(self.words.get(fold(role), role))
            relation = (
                "LEADS" if said in LEAD_ROLES else "MEMBER_OF" if said in MEMBER_ROLES else ""
            )
            if not relation:
                self.account.wrong(
                    body.grid, row, body.at("role"), "E031", value=role, nearest="牵头 / 成员"
                )
                return
            self.account.use(body.grid, row, body.at("role"))
        for subject in subjects:
            if subject.id in leads:
                continue
            if (
                role is None
                and body.at("lead") is None
                and _seems_to_lead(subject.name, group.name)
            ):
                self.account.leave(
                    body.grid,
                    *cell,
                    subject.name,
                    say("messy_seems_lead", group=group.name),
                    say("messy_seems_lead_advice"),
                )
                continue
            self._tie(subject.id, relation, group.id, body, *cell, group.name, how)

    def _group_row(self, body: Body, index: int) -> int:
        """A row that speaks of a group: its type, its lead, its members."""
        group, _ = self._group_of(body, index, "group" if body.at("group") is not None else "name")
        members = self._named(body, index, body.at("members"))
        if group is None:
            self._leave_row(body, index)
            return len(members)
        leads = self._named(body, index, body.at("lead"))
        for column, relation, found in (
            (body.at("lead"), "LEADS", leads),
            (body.at("members"), "MEMBER_OF", members),
        ):
            for one, how in found:
                if relation == "LEADS" or one.id not in {lead.id for lead, _ in leads}:
                    row = body.cell(index, column)[1]
                    self._tie(one.id, relation, group.id, body, row, column, group.name, how)
        for column, rule in body.columns.items():
            text, row = body.cell(index, column)
            if text is not None and rule.to in ("note", "short_name"):
                group.values.setdefault(rule.to, text)
                self.account.use(body.grid, row, column)
        return len(members)

    def _group_of(self, body: Body, index: int, to: str = "group") -> tuple[Group | None, int]:
        """The group that a row names, or that holds for its whole sheet, and the row that names it."""
        column = body.at(to)
        text, row = body.cell(index, column)
        constant = body.rule.constants.get("group") or (
            _sheet_title(body) if body.rule.sheet_name == "group" else None
        )
        if text is not None and column is not None and self._says_nothing(body, row, column, text):
            text = None
        if text is None and constant is None:
            return None, row
        at = column if text is not None else (body.at("name") or 0)
        stated, type_row = (
            body.cell(index, body.at("type")) if body.rule.kind == "groups" else (None, 0)
        )
        group = self._group(body, row, at, text or constant or "", stated)
        if group is not None and text is not None:
            self.account.use(body.grid, row, column)
        if group is not None and stated is not None:
            self.account.use(body.grid, type_row, body.at("type"))
        return group, row

    def _group(
        self, body: Body, row: int, column: int, text: str, stated: str | None = None
    ) -> Group | None:
        """The group of a name, entered where it is new; None, and named, where nobody knows its type."""
        name = "".join(unicodedata.normalize("NFKC", self.mapping.names.get(text, text)).split())
        key = names.normal(name)
        if key in self.groups:
            return self.groups[key]
        said = self.words.get(fold(text)) or stated or ""
        type = word("group_type", self.words.get(fold(said), said)) or group_type(name)
        if type is None:
            self.account.wrong(body.grid, row, column, "E177", value=text)
            return None
        group = Group(f"Group::{name}".replace("|", "/"), name, type)
        self.groups[key] = group
        group.values = self.tables.add(
            schema.GROUPS, body.grid, row, {"id": group.id, "name": name, "type": type}, column
        )
        return group

    # -- references --------------------------------------------------------------------------------

    def _named(self, body: Body, index: int, column: int | None) -> list[tuple[Facility, str]]:
        """The facilities that a cell refers to, each with how; a full name that nobody has yet is a new facility."""
        if column is None:
            return []
        text, row = body.cell(index, column)
        if text is None or self._says_nothing(body, row, column, text):
            return []
        parts = self._split(body, row, column, text)
        return [] if parts is None else list(self._found(body, index, row, column, parts))

    def _found(
        self, body: Body, index: int, row: int, column: int, parts: tuple[Part, ...]
    ) -> Iterator[tuple[Facility, str]]:
        county, _ = self._where(body, index, "")
        for number, part in enumerate(parts, 1):
            where = item(number, len(parts))
            try:
                found, how = self.directory.find(part.name, county)
            except WrongError as wrong:
                self.account.wrong(
                    body.grid,
                    row,
                    column,
                    wrong.code,
                    part=where,
                    **{**wrong.said, "item": where, "column": body.columns[column].title},
                )
                continue
            origin = FILLED_DOWN if row != body.rows[index] else _split_or_typed(len(parts))
            if found is None:
                found = self._new(body, row, column, part, _split_or_typed(len(parts)))
            elif how != "name":
                origin = "matched by name"
                self.account.note(
                    body.grid.place(row, column),
                    say(
                        "messy_note_matched",
                        value=part.written,
                        name=found.name,
                        how=say(f"messy_how_{how}"),
                    ),
                )
            self.account.use(body.grid, row, column)
            yield found, origin

    def _new(self, body: Body, row: int, column: int, part: Part, how: str) -> Facility:
        county = self.places.county(part.name)
        found = self.directory.add(part.name, (), county)
        record = {
            "id": found.id,
            "name": part.name,
            "origin": origin_of(body.grid, row, column, how),
        }
        record |= {"note": "；".join(part.notes)} if part.notes else {}
        self._add_type(part.name, record)
        self._values[found.id] = self.tables.add(schema.FACILITIES, body.grid, row, record, column)
        self.account.note(body.grid.place(row, column), say("messy_note_new", name=part.name))
        return found

    def _split(self, body: Body, row: int, column: int, text: str) -> tuple[Part, ...] | None:
        """The names in a cell; counts that it states are checked; None, and named, where it cannot be read."""
        try:
            found = split(text) if body.columns[column].list else Split((Part(text, text),))
        except ValueError:
            self.account.wrong(body.grid, row, column, "E178", value=text)
            return None
        for count in found.counts:
            if not count.holds:
                self.account.wrong(
                    body.grid,
                    row,
                    column,
                    "E179",
                    value=text,
                    stated=str(count.stated),
                    read=str(count.read),
                )
        if found.open_ended and not found.counts:
            self.account.warn("W175", body.grid.place(row, column), value=text)
        if len(found.parts) > 1 or any(p.notes for p in found.parts):
            self._say_split(body, row, column, found)
        return found.parts

    def _say_split(self, body: Body, row: int, column: int, found: Split) -> None:
        notes = "；".join(n for p in found.parts for n in p.notes)
        self.account.note(
            body.grid.place(row, column),
            say(
                "messy_note_split",
                count=len(found.parts),
                names="、".join(p.name for p in found.parts),
                notes=notes or "-",
            ),
        )

    # -- links -------------------------------------------------------------------------------------

    def _other_links(self, body: Body, index: int, subjects: list[Facility]) -> None:
        for column, rule in body.columns.items():
            text, row = body.cell(index, column)
            if text is None or (
                rule.to in ("serves", "alliance") and self._says_nothing(body, row, column, text)
            ):
                continue
            if rule.to == "serves":
                self._serves(body, index, column, subjects)
            elif rule.to == "alliance":
                parts = self._split(body, row, column, text) or ()
                for piece in parts:
                    group = self._group(body, row, column, piece.name)
                    if group is not None:
                        self.account.use(body.grid, row, column)
                        for one in subjects:
                            self._tie(
                                one.id,
                                "MEMBER_OF",
                                group.id,
                                body,
                                row,
                                column,
                                group.name,
                                _split_or_typed(len(parts)),
                            )
            elif rule.to == "relation":
                self._across(body, index, column, rule, text, subjects)

    def _serves(self, body: Body, index: int, column: int, subjects: list[Facility]) -> None:
        text, row = body.cell(index, column)
        if len(subjects) > 1:
            self.account.leave(
                body.grid, row, column, text, say("messy_whose"), say("messy_whose_advice")
            )
            return
        parts = self._split(body, row, column, text) or ()
        for number, part in enumerate(parts, 1):
            code = self._area(
                body, row, column, part.name, subjects[0].county, item(number, len(parts))
            )
            if code:
                self._tie(
                    subjects[0].id,
                    "SERVES",
                    code,
                    body,
                    row,
                    column,
                    part.name,
                    _split_or_typed(len(parts)),
                )

    def _across(
        self, body: Body, index: int, column: int, rule: Column, text: str, subjects: list[Facility]
    ) -> None:
        """A cell of a matrix: a tick ties the row to the title, a name ties it to whom it names."""
        row = body.cell(index, column)[1]
        title = rule.title.split("/")[-1]
        said = fold(text)
        if text in NO_TICKS or said in NO_TICKS:
            self.account.use(body.grid, row, column)
            return
        leads = said in LEAD_ROLES and rule.relation == "MEMBER_OF"
        if text in TICKS or leads or (said in MEMBER_ROLES and rule.relation == "MEMBER_OF"):
            target = self._target(body, column, rule, title)
            for one in subjects if target else ():
                self._tie(
                    one.id, "LEADS" if leads else rule.relation, target, body, row, column, title
                )
                self.account.use(body.grid, row, column)
            return
        if rule.relation in ("MEMBER_OF", "USES_CENTRE"):
            self.account.wrong(body.grid, row, column, "E178", value=text)
            return
        for other, how in self._named(body, index, column):
            for one in subjects:
                self._tie(one.id, rule.relation, other.id, body, row, column, other.name, how)

    def _target(self, body: Body, column: int, rule: Column, title: str) -> str | None:
        """The id of what the title of a column names: a group, or a centre."""
        row = body.header.last
        if rule.relation == "MEMBER_OF":
            group = self._group(body, row, column, title)
            return group.id if group else None
        if rule.relation == "USES_CENTRE":
            id = f"SharedCentre::{title}"
            if id not in self._values:
                record = {"id": id, "name": title, "type": word("centre_type", title) or "other"}
                self._values[id] = self.tables.add(schema.CENTRES, body.grid, row, record, column)
            return id
        return None

    def _tie(
        self,
        source: str,
        relation: str,
        target: str,
        body: Body,
        row: int,
        column: int,
        said: str,
        how: str = "typed",
    ) -> None:
        name = self.directory.by_id[source].name
        self.ties.append(Tie(source, relation, target, body, row, column, how, said, name))

    # -- what is left ------------------------------------------------------------------------------

    def _asked(self, body: Body) -> None:
        """Blanks that may mean the cell above: listed, but not read before somebody says so, nor beyond a total."""
        for code, blanks in (("W176", body.asked), ("W180", body.unfilled)):
            for column, indices in blanks.items():
                for index in indices:
                    self.account.wrong(
                        body.grid, body.rows[index], column, code, title=body.columns[column].title
                    )

    def _leave_row(self, body: Body, index: int) -> None:
        row = body.rows[index]
        for column, text in enumerate(body.grid.rows[row]):
            key = (body.grid.name, row, column)
            if (
                text is not None
                and key not in self.account.unread_cells
                and key not in self.account.skipped
            ):
                self.account.leave(
                    body.grid,
                    row,
                    column,
                    text,
                    say("messy_nameless_row"),
                    say("messy_nameless_row_advice"),
                )


def _split_or_typed(count: int) -> str:
    """How one of so many names came out of its cell."""
    return "split from a list" if count > 1 else "typed"


def _sheet_title(body: Body) -> str:
    """The name of a sheet alone, without that of its file."""
    return body.grid.name.split("/")[-1].removesuffix(CSV)


def _seems_to_lead(facility: str, group: str) -> bool:
    """Whether a group is called after a facility, which then probably leads it."""
    return names.bare(group).startswith(names.bare(facility))
