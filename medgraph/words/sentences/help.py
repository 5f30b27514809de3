"""Say what there is to say about verbs and options that belong to no single noun."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help.medgraph": Sentence(
        zh="医疗集团网络：覆盖、转诊、共享与政策核查。",
        en="Medical groups as a graph: coverage, referral, sharing, policy.",
    ),
    "help.version": Sentence(zh="显示版本。", en="Show the version and exit."),
    "help.lang": Sentence(
        zh="输出语言（默认随系统）。",
        en="Language of the output (default: the locale).",
    ),
    "help.lenient": Sentence(
        zh="载入无误的行，列出未载入的行及原因。",
        en="Load the sound rows; list every row left out with its reason.",
    ),
    "help.basis": Sentence(
        zh="explicit：方案推出的关系按未写明处理",
        en="explicit: take links that a plan only implies as not stated",
    ),
    "help.as_of": Sentence(
        zh="按哪一天回答（默认：数据截止日）。",
        en="The day to answer for (default: the data day).",
    ),
    "help.area": Sentence(zh="只取这一区划（代码）。", en="Take only this area (a code)."),
    "help.format": Sentence(zh="输出格式。", en="Format of the output."),
    "help.output": Sentence(zh="写入文件。", en="Write to this file."),
    "help.where": Sentence(
        zh="只列出合条件的行：列=值、列!=值、列~部分文字、列>=数；可多次，须都符合。",
        en=(
            "List only rows with COLUMN=VALUE, COLUMN!=VALUE, COLUMN~PART, COLUMN>=NUMBER; of "
            "several all must hold."
        ),
    ),
    "help.columns": Sentence(
        zh="只列出这些列，用逗号分开。", en="List only these columns, with commas between."
    ),
    "help.top": Sentence(zh="只列出前几行。", en="List only the first rows."),
    "help.check": Sentence(
        zh="检查文件：一次列出全部问题，每个问题有位置和改法。",
        en="Check a source: every problem at once, each with its place and what to do.",
    ),
    "help.check_output": Sentence(
        zh="另存一份标出错误单元格的工作簿。",
        en="Write a copy of the workbook with the faulty cells marked.",
    ),
    "help.info": Sentence(zh="说明网络里有什么。", en="Say what a network holds."),
    "help.convert": Sentence(
        zh=(
            "转换格式（按后缀）：文件夹、.xlsx、.json、.graphml、.parquet、.mgz、.dhis2.json、"
            ".gexf、.gpkg 等；写不进去的列出并退出 1。"
        ),
        en=(
            "Convert by suffix: folder, .xlsx, .json, .graphml, .parquet, .mgz, .dhis2.json, "
            ".gexf, .gpkg, ...; what the target cannot say is listed, and the exit code is 1."
        ),
    ),
    "help.template": Sentence(
        zh="写一个空白模板，带下拉列表和说明。",
        en="Write an empty template with drop-down lists and help.",
    ),
    "help.template_area": Sentence(
        zh="预填该区划下的乡级区划。",
        en="Prefill the township-level areas of this code.",
    ),
    "help.sample": Sentence(zh="写一份样本数据。", en="Write sample data."),
    "help.scale": Sentence(zh="合成数据的规模。", en="Scale of the synthetic data."),
    "help.seed": Sentence(zh="随机种子。", en="Random seed."),
    "help.defect": Sentence(zh="植入的缺陷（可多次）。", en="A defect to plant (repeatable)."),
    "help.move": Sentence(
        zh="把一家机构划到另一集团，写出新网络。",
        en="Move a facility to another group; write the new network.",
    ),
    "help.succeed": Sentence(
        zh="更名、合并或拆分：旧单位终止，由新单位承续，写出新网络。",
        en="Let one node follow another (renamed, merged, split); write the new network.",
    ),
    "help.succeed_by": Sentence(
        zh="承续的单位（编号或名称）；拆分时写几次。",
        en="What follows it (id or name); several times where it is split.",
    ),
    "help.succeed_how": Sentence(zh="怎样变的，记入沿革。", en="What happened, kept in the trail."),
    "help.succeed_carry": Sentence(
        zh="把旧单位的关系从那天起转给承续的单位。",
        en="Hand the links of the old one on from that day.",
    ),
    "help.to_group": Sentence(zh="新的集团（编号或名称）。", en="The new group (id or name)."),
    "help.on": Sentence(
        zh="从哪一天起（默认：数据截止日）。",
        en="The first day of it (default: the data day).",
    ),
    "help.option.level": Sentence(
        zh="区划层级：township、village、county。",
        en="Level of areas: township, village, county.",
    ),
    "help.option.collective": Sentence(
        zh="哪类集体：group（默认）、alliance，或一种集团类型。",
        en="The collective: group (default), alliance, or a group type.",
    ),
    "help.option.specialty": Sentence(
        zh="专科，如 psychiatry、中医。", en="A specialty, such as psychiatry."
    ),
    "help.option.within_group": Sentence(
        zh="只走本集团内的关系。", en="Only links inside the own group."
    ),
    "help.option.to": Sentence(zh="目的机构（编号）。", en="The facility to reach (id)."),
    "help.option.direction": Sentence(zh="方向：up 上转，down 下转。", en="Direction: up or down."),
    "help.option.k": Sentence(zh="列出几条路径。", en="How many paths."),
    "help.option.asymmetry": Sentence(
        zh="往返用时相差几倍算异常。", en="How many times as long one way may take."
    ),
    "help.option.rate": Sentence(zh="每千人转诊数。", en="Referrals per 1,000 residents."),
    "help.option.counts": Sentence(
        zh="实际转诊数（CSV：facility,count）。",
        en="Observed referrals (CSV: facility,count).",
    ),
    "help.option.capacity": Sentence(
        zh="容量：beds 或 outpatient_slots。",
        en="Capacity: beds or outpatient_slots.",
    ),
    "help.option.turnover": Sentence(
        zh="同期内每个床位（号）接收几人。",
        en="Patients each bed or slot takes in the period.",
    ),
    "help.option.top": Sentence(zh="只列前几名。", en="Only the first so many."),
    "help.option.facility_type": Sentence(
        zh="机构类型（可多次），或 primary、hospital_any、station。",
        en="Facility type (repeatable), or primary, hospital_any, station.",
    ),
    "help.option.facility_level": Sentence(
        zh="机构等级：3、2、1、3A 等。", en="Facility level: 3, 2, 1, 3A and so on."
    ),
    "help.option.times": Sentence(
        zh="用时矩阵（CSV 或 Parquet）。", en="A travel-time matrix (CSV or Parquet)."
    ),
    "help.option.roads": Sentence(
        zh="路网文件夹（nodes.csv、edges.csv）。",
        en="A road graph (folder with nodes.csv, edges.csv).",
    ),
    "help.option.speed_kmh": Sentence(
        zh="直线距离按此速度折算（公里/小时）。",
        en="Straight lines at this speed in km/h.",
    ),
    "help.option.minutes": Sentence(
        zh="时限（分钟，可多次）。", en="A limit in minutes (repeatable)."
    ),
    "help.option.decay": Sentence(
        zh="E2SFCA 衰减带，如 10:1,20:0.68,30:0.22。",
        en="Bands of the E2SFCA index, such as 10:1,20:0.68,30:0.22.",
    ),
    "help.option.index": Sentence(
        zh="另算的指数（可多次）：2sfca、raam。",
        en="A further index (repeatable): 2sfca, raam.",
    ),
    "help.option.tau": Sentence(
        zh="raam 中与平均拥挤相当的分钟数（默认60）。",
        en="Minutes that weigh as much as the mean crowding in raam (default 60).",
    ),
    "help.option.supply": Sentence(
        zh="指数所计的资源，如 physicians、beds。",
        en="What the index counts, such as physicians, beds.",
    ),
    "help.option.snap_km": Sentence(
        zh="地点离路网节点最远几公里。",
        en="How far a place may lie from a road node, in km.",
    ),
    "help.option.centre_kind": Sentence(
        zh="中心类型，如 laboratory。", en="Kind of centre, such as laboratory."
    ),
    "help.option.primary_only": Sentence(zh="只看基层机构。", en="Primary care only."),
    "help.option.obligations": Sentence(
        zh="义务（可多次），如 lead、laboratory。",
        en="An obligation (repeatable), such as lead, laboratory.",
    ),
    "help.option.year": Sentence(zh="年份。", en="Year."),
    "help.option.within_days": Sentence(zh="多少天之内。", en="Within how many days."),
    "help.option.test": Sentence(
        zh="标准：all_year、six_months、per_10000。",
        en="Test: all_year, six_months, per_10000.",
    ),
    "help.option.loses": Sentence(zh="只看失去这一项。", en="Only losses of this kind."),
    "help.option.minimise": Sentence(
        zh="求最少：links 或 km。", en="What to minimise: links or km."
    ),
    "help.option.within_km": Sentence(
        zh="新关系最远几公里。", en="How far apart the ends of a new link may lie."
    ),
    "help.option.nodes": Sentence(
        zh="求解每次最多搜索几个节点；不按秒，各台机器答案相同。",
        en="After how many nodes a search of the solver ends: the same on every machine.",
    ),
    "help.option.by": Sentence(zh="按集团或机构。", en="By group or by facility."),
    "help.option.exchange_kind": Sentence(zh="给予的种类。", en="What is given."),
    "help.option.repair_capacity": Sentence(
        zh="一家机构同类新关系最多几条。",
        en="The most new links of one relation that a provider takes.",
    ),
    "help.option.candidates": Sentence(
        zh="可选的新关系（CSV：source,relation,target,cost,km）。",
        en="Links that may be added (CSV: source,relation,target,cost,km).",
    ),
    "help.option.site_model": Sentence(
        zh="lscp：最少几家；mclp：覆盖人口最多；p-median：总路程最短；p-centre：最远的最近。",
        en=(
            "lscp: fewest sites; mclp: most people; p-median: least person-minutes; p-centre: "
            "shortest longest way."
        ),
    ),
    "help.option.site_times": Sentence(
        zh="用时矩阵（CSV 或 Parquet，可多次：如冬季、夜间，以最长的为准）。",
        en="A travel-time matrix (repeatable: winter, night; the longest counts).",
    ),
    "help.option.p": Sentence(
        zh="最多几家，含已定的。",
        en="The most sites, the fixed ones among them.",
    ),
    "help.option.radius": Sentence(
        zh="最远几分钟。",
        en="The longest way in minutes.",
    ),
    "help.option.fixed": Sentence(
        zh="已定的机构（可多次）。",
        en="A facility that is a site anyhow (repeatable).",
    ),
    "help.option.least_beds": Sentence(
        zh="候选机构至少几张床。",
        en="The least beds of a candidate.",
    ),
    "help.option.site_rule": Sentence(
        zh="候选机构应达标的规则：规则包/规则。",
        en="A rule that a candidate passes: PACK/RULE.",
    ),
    "help.option.site_capacity": Sentence(
        zh="能力：beds、outpatient_slots、staff、physicians、nurses 或 gps。",
        en="Capacity: beds, outpatient_slots, staff, physicians, nurses or gps.",
    ),
    "help.option.people_per": Sentence(
        zh="每一单位能力服务多少人（默认1）。",
        en="How many people one unit of capacity serves (default 1).",
    ),
    "help.option.costs": Sentence(
        zh="建设方式和费用（CSV：facility,cost,way,capacity）。",
        en="Ways to make a site (CSV: facility,cost,way,capacity).",
    ),
    "help.option.budget": Sentence(
        zh="费用上限。",
        en="The most that all may cost.",
    ),
}
