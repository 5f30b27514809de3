"""Say what there is to say about the map by points."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "geo_map_title": Sentence(zh="{title}：机构位置", en="{title}: where the facilities lie"),
    "geo_map_facts": Sentence(
        zh="按 {day}；画出 {shown}／{all} 个点",
        en="as of {day}; {shown} of {all} point[|s] drawn",
    ),
    "geo_map_without": Sentence(
        zh="{count} 个没有坐标，未画",
        en="{count} state no coordinates and are not drawn",
    ),
    "geo_map_hidden": Sentence(
        zh="{count} 个超出上限 {limit}，未画",
        en="{count} beyond the limit of {limit} are not drawn",
    ),
    "geo_map_inset": Sentence(
        zh="虚线框内，放大 {times} 倍（{count} 个点）",
        en="inside the dashes, × {times} ({count} point[|s])",
    ),
    "geo_map_north": Sentence(zh="北", en="N"),
    "geo_map_lead": Sentence(zh="牵头机构", en="lead"),
    "geo_map_ungrouped": Sentence(zh="不在任何集团", en="in no group"),
    "geo_map_area": Sentence(zh="区划（代表点）", en="area (a point inside it)"),
    "geo_map_bad": Sentence(zh="空白或未达标", en="gap or failed"),
    "geo_map_no_points": Sentence(
        zh=(
            "没有机构或区划写明经纬度，画不出位置图：请填“经度”“纬度”“坐标系”列，或用 medgraph map "
            "tiles 画网格图"
        ),
        en=(
            "No facility or area states a longitude and latitude: fill in lon, lat and crs, or "
            "draw the tile map (medgraph map tiles)"
        ),
    ),
    "help.map.geo": Sentence(
        zh="位置示意图：按坐标画机构，密集处另行放大；不联网，无底图。",
        en="Facilities by their coordinates, the dense core in an inset; no request, no tiles.",
    ),
    "help.option.boundaries": Sentence(
        zh="画在底下的界线：GeoJSON 文件。",
        en="Outlines to draw behind: a GeoJSON file.",
    ),
    "help.option.crs": Sentence(zh="界线文件的坐标系。", en="The coordinate system of that file."),
}
