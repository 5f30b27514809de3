"""Say what there is to say about proposals: what is proposed, what is proven, why nothing fits."""

from __future__ import annotations

from medgraph.words.sentences.sentence import Sentence

SENTENCES = {
    "help.propose": Sentence(
        zh="建议：最小的改动，附证明。",
        en="Proposals: the smallest change that does it, with its proof.",
    ),
    "help.propose.links": Sentence(
        zh="建议补最少或最省的关系，使各项义务满足。",
        en="Propose the fewest or cheapest new links that meet the obligations.",
    ),
    "help.propose_plan": Sentence(
        zh="把建议写成调整文件（.json），放在来源旁边。",
        en="Write the proposal as a plan (.json), beside the source.",
    ),
    "plan_not_beside": Sentence(
        zh="调整文件要放在来源旁边：{folder}。",
        en="A plan lies beside its source: {folder}.",
    ),
    "proposed": Sentence(zh="建议", en="Proposed"),
}
