"""Say what there is to say about the shared store."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "store_address": Sentence(
        zh="存储地址应写成 neo4j://主机:7687/库名?network=网络名；“?”之后可用：{allowed}。",
        en=(
            "An address of a store reads neo4j://host:7687/database?network=NAME; after the ?: "
            "{allowed}."
        ),
    ),
    "store_address_fails": Sentence(
        zh="驱动不接受地址 {where}。请改正。",
        en="The driver does not accept the address {where}. Correct it.",
    ),
    "store_credentials_in_address": Sentence(
        zh="地址里不能写用户名和密码。请放进环境变量 NEO4J_USERNAME 和 NEO4J_PASSWORD。",
        en=(
            "A name or a password does not belong in an address. Put them into NEO4J_USERNAME and "
            "NEO4J_PASSWORD."
        ),
    ),
    "store_password_file": Sentence(
        zh="NEO4J_PASSWORD_FILE 指定的文件 {path} 读不出，或第一行是空的。",
        en="The file {path} of NEO4J_PASSWORD_FILE cannot be read, or its first line is empty.",
    ),
    "store_no_password": Sentence(
        zh="没有存储的密码。请设环境变量 NEO4J_PASSWORD，或用 NEO4J_PASSWORD_FILE 指定密码文件。",
        en=(
            "There is no password for the store. Set NEO4J_PASSWORD, or name a file in "
            "NEO4J_PASSWORD_FILE."
        ),
    ),
    "store_prompt": Sentence(zh="{name} 的密码：", en="Password of {name}:"),
    "store_auth": Sentence(
        zh="{where} 不接受这个用户名或密码。请核对 NEO4J_USERNAME 和 NEO4J_PASSWORD。",
        en=(
            "{where} does not accept the name or the password. Check NEO4J_USERNAME and "
            "NEO4J_PASSWORD."
        ),
    ),
    "store_rate_limit": Sentence(
        zh="{where} 因多次登录失败暂时拒绝登录。请等几秒再试，并核对密码。",
        en=(
            "{where} refuses logins for a while after several failures. Wait some seconds, and "
            "check the password."
        ),
    ),
    "store_password_expired": Sentence(
        zh="{where} 要求先改初始密码。请在 Neo4j Browser 或 cypher-shell 里改。",
        en="{where} wants its first password changed. Do so in Neo4j Browser or cypher-shell.",
    ),
    "store_no_server": Sentence(
        zh="{where} 没有应答。请核对主机和端口，并确认 Neo4j 已启动。",
        en="Nobody answers at {where}. Check host and port, and see that Neo4j runs.",
    ),
    "store_tls_only": Sentence(
        zh="{where} 只接受加密连接。请改用 neo4j+s://（证书可信）或 neo4j+ssc://（自签名证书）。",
        en=(
            "{where} speaks TLS only. Use neo4j+s:// (a trusted certificate) or neo4j+ssc:// (a "
            "self-signed one)."
        ),
    ),
    "store_certificate": Sentence(
        zh="{where} 的证书不被信任。若是自签名证书，请改用 neo4j+ssc:// 或 bolt+ssc://。",
        en=(
            "The certificate of {where} is not trusted. If it is self-signed, use neo4j+ssc:// or "
            "bolt+ssc://."
        ),
    ),
    "store_no_tls": Sentence(
        zh="{where} 不加密。请改用 neo4j:// 或 bolt://，或在服务器上启用 TLS。",
        en="{where} does not speak TLS. Use neo4j:// or bolt://, or switch TLS on in the server.",
    ),
    "store_silent": Sentence(
        zh=(
            "{where} 有程序应答，但连接中断或不是 Neo4j 的 Bolt 端口（通常是 7687）。"
            "写入若已开始，请重新运行；重复运行无害。"
        ),
        en=(
            "Something answers at {where}, but the connection broke or it is no Bolt port of Neo4j "
            "(usually 7687). If a load had begun, run it again; that is harmless."
        ),
    ),
    "store_no_database": Sentence(
        zh="{where} 没有库“{database}”。社区版只有 neo4j 一个库；多个网络用 ?network= 区分。",
        en=(
            "There is no database “{database}” at {where}. Community has one, neo4j; keep networks "
            "apart by ?network=."
        ),
    ),
    "store_old_server": Sentence(
        zh="服务器是 {agent}；需要 Neo4j 5。请升级服务器。",
        en="The server is {agent}; Neo4j 5 is needed. Upgrade the server.",
    ),
    "store_memory": Sentence(
        zh=(
            "一次增量放不进服务器的内存（{code}），重试无用；没有写入任何内容。"
            "请调大服务器堆内存（server.memory.heap.max_size，2 GB 约容 5 万行全改或 20 "
            "万行新增），或作为新网络写入（换一个 ?network=）。"
        ),
        en=(
            "The increment does not fit into the server's memory ({code}); repeating does not "
            "help, and nothing was written. Give the server a larger heap "
            "(server.memory.heap.max_size; 2 GB hold about 50,000 rows changed throughout or "
            "200,000 new ones), or load it as a new network (another ?network=)."
        ),
    ),
    "store_constraint": Sentence(
        zh="库中已有的约束或索引与写入冲突：{message} 请用别的标签前缀（?prefix=）。",
        en=(
            "A constraint or index in the database prevents the load: {message} Use another prefix "
            "of labels (?prefix=)."
        ),
    ),
    "store_broken": Sentence(
        zh=(
            "{where} 的库不能工作：{reason} 请看磁盘是否已满，腾出空间后重启服务器；"
            "已提交的内容都在，重新运行即可。"
        ),
        en=(
            "The database at {where} is out of order: {reason} See whether the disk is full, make "
            "room and restart the server; what was committed is there, so run this again."
        ),
    ),
    "store_refused": Sentence(
        zh="{where} 拒绝：{message}（{code}）",
        en="{where} refuses: {message} ({code})",
    ),
    "store_no_network": Sentence(
        zh="库中没有网络“{network}”（或其首次写入尚未完成）。",
        en="There is no network “{network}” in the database (or its first load is not complete).",
    ),
    "store_which_network": Sentence(
        zh="库中有多个网络：{names}。请在地址后写 ?network=网络名。",
        en="The database holds several networks: {names}. Add ?network=NAME to the address.",
    ),
    "store_layout": Sentence(
        zh=(
            "网络“{network}”的存储格式版本是 {version}，这里认识 {known}。请用与写入时相同或更新的 "
            "medgraph，或另存为新网络。"
        ),
        en=(
            "The network “{network}” is stored in layout {version}; this medgraph knows {known}. "
            "Use the medgraph that wrote it or a newer one, or store it as a new network."
        ),
    ),
    "store_report": Sentence(
        zh=(
            "{network}（{dataset}）：新增 {added}，改变 {changed}，终止 {ended}，相同 {same}，"
            "改由他方保有 {released}；版本 {version}；各方说法不一 {findings} 处。"
        ),
        en=(
            "{network} ({dataset}): {added} added, {changed} changed, {ended} ended, {same} same, "
            "{released} left to other owners; version {version}; owners differ {findings} times."
        ),
    ),
    "store_withheld": Sentence(
        zh=(
            "数据集“{dataset}”现有 {holding} 行，这次会终止 {ending} 行，可能是文件不完整；"
            "全部未写入。确认无误请加 --accept-endings {ending}。"
        ),
        en=(
            "Dataset “{dataset}” holds {holding} rows and this load would end {ending} of them; "
            "the file may be truncated. Nothing was written. If it is right, add --accept-endings "
            "{ending}."
        ),
    ),
    "store_owners_differ": Sentence(
        zh="{row} 的 {column}：“{first}”写“{value}”，“{other}”写“{said}”；保留前者，请双方核对。",
        en=(
            "{row}, {column}: “{first}” states “{value}”, “{other}” states “{said}”; the former is "
            "kept, let both check."
        ),
    ),
    "store_unknown_outcome": Sentence(
        zh="连接在提交时中断，不知“{network}”是否已写入。请在服务器恢复后重新运行；重复运行无害。",
        en=(
            "The connection broke at the commit, so it is not known whether “{network}” was "
            "written. Run this again once the server is back; that is harmless."
        ),
    ),
    "store_is_scenario": Sentence(
        zh="“{network}”是基于“{base}”的方案，只存变更，不能直接写入行。请换一个网络名。",
        en=(
            "“{network}” is a scenario on “{base}”, kept as changes; rows cannot be written into "
            "it. Use another name."
        ),
    ),
    "store_is_network": Sentence(
        zh="“{network}”已是一个完整网络，不能改存为方案。请换一个名字。",
        en="“{network}” is a network of its own and cannot become a scenario. Use another name.",
    ),
    "store_base_needs_changes": Sentence(
        zh="?base= 表示只存变更的方案，不能写入整个网络；请去掉 ?base=，或用 move 等变更写入。",
        en=(
            "?base= is for a scenario, kept as changes; a whole network cannot be written there. "
            "Leave ?base= out, or write a change (move)."
        ),
    ),
    "store_scenario_circle": Sentence(
        zh="方案互为基础：{networks}。请换一个基础网络。",
        en="These scenarios are based on each other: {networks}. Choose another base.",
    ),
    "store_loose_links": Sentence(
        zh=(
            "有的关系两端不都在网络里，不能存储。请用 MedicalNetwork.from_frames 建立网络，"
            "它会列出这些关系。"
        ),
        en=(
            "The network has links whose ends are not all in it, and cannot be stored. "
            "MedicalNetwork.from_frames lists such links."
        ),
    ),
    "store_scenario_names": Sentence(
        zh="方案需要两个不同的名字：?network=方案名&base=基础网络名。",
        en="A scenario needs two different names: ?network=NAME&base=NAME.",
    ),
    "help.load_all": Sentence(
        zh="把 DIR 中的每个文件作为一个数据集载入共享库，坏文件跳过并记录。",
        en=(
            "Load every file of DIR into a shared store, each as a dataset; go on past bad files "
            "and record them."
        ),
    ),
    "help.load_all_log": Sentence(
        zh="每个文件写一行 JSON；旧内容被替换。",
        en="Write one line of JSON per file; what the log held before is replaced.",
    ),
    "help.load_all_dry_run": Sentence(
        zh="只报告会改变什么，不写入。",
        en="Say what would change, and write nothing.",
    ),
    "load_all_empty": Sentence(zh="{path} 中没有文件。", en="There is no file in {path}."),
    "load_all_dataset": Sentence(
        zh="load-all 的每个文件自成一个数据集，名字取自文件名；地址里请去掉 dataset=。",
        en=(
            "Every file of load-all is a dataset named like the file; leave dataset= out of the "
            "address."
        ),
    ),
    "load_all_twice": Sentence(
        zh="数据集“{dataset}”已由 {file} 载入；每个数据集只能有一个文件。请改名。",
        en=(
            "{file} states the dataset “{dataset}” already; a dataset is one file. Rename one of "
            "them."
        ),
    ),
    "load_all_loaded": Sentence(
        zh=(
            "{file}：新增 {added}，变更 {changed}，终止 {ended}，不变 {same}；未读入 {left_out} "
            "行。"
        ),
        en=(
            "{file}: {added} added, {changed} changed, {ended} ended, {same} same; {left_out} rows "
            "left out."
        ),
    ),
    "load_all_same": Sentence(
        zh="{file}：没有变化（{same}）；未读入 {left_out} 行。",
        en="{file}: nothing to change ({same}); {left_out} rows left out.",
    ),
    "load_all_withheld": Sentence(
        zh="{file}：未载入，等待确认。{reason}", en="{file}: withheld. {reason}"
    ),
    "load_all_refused": Sentence(zh="{file}：被拒绝。{reason}", en="{file}: refused. {reason}"),
    "load_all_summary": Sentence(
        zh="{files} 个文件：载入 {loaded}，无变化 {same}，待确认 {withheld}，被拒绝 {refused}。",
        en=(
            "{files} files: {loaded} loaded, {same} without a change, {withheld} withheld, "
            "{refused} refused."
        ),
    ),
    "store_locked": Sentence(
        zh="网络“{network}”正由 {by} 批量载入（始于 {since}）。请等它结束后再试。",
        en=(
            "{by} is loading files into the network “{network}” (since {since}). Try again when "
            "that has ended."
        ),
    ),
}
