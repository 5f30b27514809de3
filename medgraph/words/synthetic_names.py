"""The names in made-up networks: each says that it is made up."""

from __future__ import annotations

SYNTHETIC = "合成"
NETWORK_TITLE = "合成网络"

PROVINCE, CITY, COUNTY, VILLAGE = "省", "市", "县", "村"
TOWN, SUBDISTRICT = "镇", "街道"

HOSPITAL = "医院"
TOWN_CENTRE = "卫生院"
COMMUNITY_CENTRE = "社区卫生服务中心"
CENTRAL_CENTRE = "中心卫生院"
CLINIC = "村卫生室"
STATION = "社区卫生服务站"

# Groups and teams are numbered: 第1医共体.
NUMBER = "第"
COMMUNITY = "医共体"
TEAM = "公共卫生团队"

# The kinds of shared centres, in the order in which a network gets them.
CENTRES = {
    "laboratory": "检验",
    "imaging": "影像",
    "ecg": "心电",
    "pathology": "病理",
    "sterile_supply": "消毒供应",
    "pharmacy": "中心药房",
}
CENTRE = "中心"
