"""Damaged plan texts are repaired change by change, and nothing personal stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.loaders.plans.text_repair import repair


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        # GBK of 專科聯( is 8CA3 BFC6 C293 28; A3BF became `?`, 9328 became `?`, C6C2 reads 坡.
        ("組建??坡?lián)盟。", "组建专科联盟。"),
        # 專科醫 is 8CA3 BFC6 E174: the closing byte 74 is the letter t.
        ("??漆t(yī)師", "专科医师"),
        # 。考評 is A1A3 BFBC D475, 。考核評 is A1A3 BFBC BACB D475.
        ("辦法??荚u結(jié)果", "办法。考评结果"),
        ("機制??己嗽u價(jià)", "机制。考核评价"),
    ],
)
def test_shifted_bytes_are_read_again(damaged, repaired):
    """The four forms of byte-shift damage found in real texts come back as they were."""
    assert repair(damaged).text == repaired


def test_phonetic_notes_go_and_other_brackets_stay():
    """Only pinyin right behind a character is a note."""
    result = repair("臺州恩澤醫(yī)療中心(集團(tuán))，互聯(lián)網(wǎng)(APP)，（民營）")
    assert result.text == "台州恩泽医疗中心(集团)，互联网(APP)，（民营）"
    assert result.counts["phonetic"] == 4


def test_place_names_keep_their_own_character():
    """OpenCC leaves 畬, which the official name writes 畲; the change is named."""
    result = repair("茅畬鄉")
    assert result.text == "茅畲乡"
    assert result.counts["place_name"] == 1


def test_personal_data_is_counted_and_not_kept():
    """A name behind 联系人, a phone number and a mail address leave neither in the text nor in the changes."""
    result = repair("联系人:张某某;电话:0571-12345678，手机13900000000，邮箱 a.b@example.org")
    everything = result.text + repr(result.changes)
    assert not any(
        secret in everything for secret in ("张某某", "12345678", "13900000000", "example.org")
    )
    assert result.counts["personal"] == 4


def test_a_lost_digit_is_flagged_not_guessed():
    result = repair("022年，三部门印发标准")
    assert result.text == "022年，三部门印发标准"
    assert result.counts == {"lost_digit": 1}


def test_a_body_that_stands_twice_is_read_once():
    line = "牵头医院为甲县人民医院，成员单位包括乙镇卫生院、丙镇卫生院、丁镇卫生院三家。"
    result = repair(f"{line}\n{line}")
    assert result.text == f"{line}\n"
    assert result.counts == {"duplicate": 1}


@given(st.text(max_size=300))
def test_repair_is_total_and_settles(text):
    """No text makes it fail, and a repaired text needs no second repair of bytes or notes."""
    once = repair(text)
    again = repair(once.text)
    assert not {"personal", "spam", "boilerplate", "lost_digit"} & set(again.counts) - set(
        once.counts
    )
    assert once.text.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


@pytest.mark.parametrize(("begin", "shifted", "notes"), [("000", 1, 154), ("002", 9, 1148)])
def test_real_texts_are_repaired_whole(shared, begin, shifted, notes):
    """The counts of damage in two published texts, as counted by hand."""
    text = next((shared / "seeds").glob(f"{begin}_*.txt")).read_text(encoding="utf-8")
    counts = repair(text).counts
    assert (counts["byte_shift"], counts["phonetic"]) == (shifted, notes)


@pytest.mark.parametrize(
    "name",
    [
        "乾县",
        "於潜镇",
        "后里村",
        "干窑镇",
        "台头镇",
        "发展大道",
        "乾元医院",
        "濛阳街道",
        "藉口镇",
        "里仁乡",
    ],
)
def test_names_in_simplified_text_stay_as_they_are(name):
    """What a converter would change is no reason to change it: the text is simplified."""
    for text in (f"{name}人民医院牵头，联合各乡镇卫生院组建医共体。", f"{name}", f"# {name}卫生院"):
        found = repair(text)
        assert found.text == text
        assert "simplified" not in found.counts


def test_traditional_text_is_converted_with_its_names_as_the_register_has_them():
    """乾縣 is 乾县, whatever 乾 alone would be; a name that both writings share is left to the converter."""
    found = repair("由乾縣人民醫院牽頭，聯合於潛鎮衛生院，後勤統一管理。")
    assert found.text == "由乾县人民医院牵头，联合於潜镇卫生院，后勤统一管理。"
    assert found.counts == {"simplified": 1}
