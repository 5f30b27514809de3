"""What names a person: in the text of a plan, and as a column of a table.

In a plan a name is a surname and one or two characters more, where plans put names: behind an
office and before what its holder does, at the beginning of a sentence that somebody says, behind a
role and a colon, on a line of its own in a list of persons, or beside a telephone number. A word
that only looks like a name may be taken for one: dropping a word too many does less harm than
keeping a person.
"""

from __future__ import annotations

import re

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    "云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常"
    "乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲封芮储靳"
    "段富巫乌焦巴弓牧隗山谷车侯全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜"
    "黎薄印白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻党翟谭贡劳姬申扶堵冉宰郦雍却桑"
    "桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终居衡步都耿"
    "满弘匡国文寇广禄东殴沃利越隆师巩库聂勾敖融冷辛阚那简饶空曾沙养鞠丰关相查游竺权盖"
    "桓公仉督岳帅亢况郈琴商佘佴墨哈谯年爱阳佟言福肖闫覃涂"
)
_OFFICE = (
    "主任|书记|组长|局长|院长|市长|县长|区长|省长|州长|处长|科长|厅长|部长|司长|会长|所长|"
    "秘书长|理事长|巡视员|委员|专员|常委|教授|研究员|医师|同志|专家|负责人"
)
_DOES = (
    "主持|出席|指出|强调|要求|表示|介绍|讲话|致辞|参加|部署|宣读|通报|解读|汇报|发言|"
    "带队|带领|率|陪同|同志|任|担任|作|对|在|到|为"
)
# Words that begin with a character that is a surname too, in the places where names stand.
_WORDS = (
    "(?:单位|方案|计划|文件|任组长|任副|成员|国家|国务|全国|全省|全市|全县|"
    "公告|通知|应|于|时|全体|从|东|年)"
)
_CHAR = "[\u3400-\u9fff·]"
_GAP = r"(?:[?？]|[^\S\n]){0,6}"  # two characters of a name are set apart to line up with three
_TWO = "欧阳|上官|司马|诸葛|司徒|夏侯|皇甫|尉迟|公孙|令狐"
_NAME = f"(?!{_WORDS})(?:{_TWO}|[{_SURNAMES}]){_GAP}{_CHAR}(?:{_GAP}{_CHAR})?"
_PLACE_END = "(?<![镇乡村区县市省院所站室道委局厅部])"
_PHONE = (
    r"(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d{9}|0\d{2,3}[-— ]?\d{7,8}|[3-8]\d{7}(?![元万人次]))(?!\d)"
)

ACTING = re.compile(
    "(?<=主任|书记|组长|局长|院长|市长|县长|区长|省长|州长|处长|科长|"
    "厅长|部长|司长|会长|所长|委员|常委)"
    f"{_NAME}(?={_DOES}|[、，,。；;]|$)",
    re.MULTILINE,
)
SAYING = re.compile(
    f"(?:(?<=[。；;！”])|^[^\\S\\n]*){_NAME}"
    "(?=(?:指出|强调|要求|表示|说|介绍|主持|出席)[，,：:“会])",
    re.MULTILINE,
)
TITLED = re.compile(
    f"(?<=[：:、，,。；;\\s]){_NAME}"
    f"(?=(?:同志|{_GAP}[（(][^（()）\\n]*(?:{_OFFICE})[^（()）\\n]*[)）]))"
)
ROLE = re.compile(
    f"(?<=组长|成员|主任|委员|书记|人员|顾问|[联系络]人)(?P<sep>{_GAP}[：:]{_GAP}){_NAME}"
    f"(?:[、，, \\t\u3000]+{_NAME}(?=[、，, \\t\u3000。；;]|$))*"
    f"(?={_CHAR}{{0,20}}|[。；;]|$)",
    re.MULTILINE,
)
ON_A_LINE = re.compile(
    f"^{_GAP}{_NAME}{_PLACE_END}(?={_GAP}$|[ \\t\u3000]+\\S*(?:{_OFFICE}))", re.MULTILINE
)
LIST_OF_PERSONS = re.compile("名单|组成人员|[组成]" + _GAP + "[长员]" + _GAP + "$", re.MULTILINE)
BESIDE_A_NUMBER = re.compile(rf"{_NAME}{_PLACE_END}(?=[ \t\u3000：:（(，,电话手机]{{0,6}}{_PHONE})")

MAIL = re.compile(
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+"
)
CONTACT = re.compile(r"(?:联系人|联络人)[:：]?[ \t]*[\u4e00-\u9fff·]{2,4}")
PHONE = re.compile(_PHONE)

# Columns of records that would hold a person's identity, by their folded title.
PERSONAL_COLUMN = re.compile(
    r"身份证|证件号|身份号|姓名|电话|手机|联系方式|住址|家庭地址|社保卡|医保卡|"
    r"idcard|identity|^id(?:no|number)|nationalid|^ssn|passport|"
    r"^(?:full|patient|person|first|last|given|family)?name$|"
    r"phone|mobile|^tel(?:no|number)?$|email|^address"
)

# -- cells of workbooks ----------------------------------------------------------------------------

# What stands in place of what names a person.
HIDDEN = "＊＊＊"
_ROLES = (
    "负责人|责任人|联系人|联络人|联络员|审核人|审批人|复核人|填表人|填报人|制表人|报送人|"
    "经办人|法人代表|法定代表人|法人|带教老师|签名|签字"
)
_REACHED_BY = (
    "联系电话|办公电话|固定电话|电话|手机|手机号|手机号码|电话号码|联系方式|电子邮箱|电子邮件|"
    "邮箱|微信|微信号|qq|e-?mail|tel|phone|mobile"
)
_KNOWN_BY = "身份证|身份证号|身份证号码|证件号|证件号码|公民身份号码|idcard"
# The title of a column of persons, folded and without its brackets.
PERSON_TITLE = re.compile(
    f"[^:：,，。]{{0,8}}(?:姓名|{_ROLES}|{_REACHED_BY}|{_KNOWN_BY})"
    f"(?:[及和与/、]?(?:姓名|职务|{_REACHED_BY}))?"
)
# In a text: 审核人：张三, 电话：2251234.
PERSON_IN_TEXT = re.compile(
    rf"((?:姓名|{_ROLES}|审核|复核|填表|制表|院长|主任|分管领导)(?:[(（][^()（）]*[)）])?\s*[:：]\s*)"
    r"([^\s:：,，;；、。()（）\d]{2,8})"
)
NUMBER_IN_TEXT = re.compile(
    rf"((?:{_REACHED_BY})\s*[:：]?\s*)(\+?\d[\d\- —]{{5,}}\d)", re.IGNORECASE
)
CALLED_IN_TEXT = re.compile(
    r"(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[-— ]\d{7,8})(?!\d)"
)
IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)
# What every text has in which the patterns above find anything.
MAY_NAME_SOMEBODY = re.compile(r"[@:：]|\d[\d\- —]{4}")
# Beside a label: what may be the name of a person, or a number to reach one.
PERSON_ALONE = re.compile(
    rf"(?:{_TWO}|[{_SURNAMES}])[\u3400-\u9fff·]{{1,3}}\d{{0,2}}|[\d\- —]{{7,}}"
)
