"""Pure statistics of rankings: the order that ballots give and how far they agree, honest for few people.

Screens and exports need `report` and what it is made from; the rest is for the expert's view and the tests.
"""

from app.consensus.agencies import Agencies, Agency, agencies
from app.consensus.agreement import Agreement, agreement
from app.consensus.ballots import Ballot, Policy, Tiers
from app.consensus.borda import Borda, borda
from app.consensus.camps import Camps, camps
from app.consensus.concordance import Concordance, concordance
from app.consensus.condorcet import Condorcet, Schulze, condorcet, schulze
from app.consensus.errors import ConsensusError, DuplicateItem, EmptyItems, TooManyItems, UnknownItem, WeightError
from app.consensus.kemeny import Kemeny, kemeny
from app.consensus.null import Chance, chance
from app.consensus.profile import Profile
from app.consensus.report import Figures, Report, report
from app.consensus.rounds import Rounds, compare, tau_between
from app.consensus.scale import scale_agreement
from app.consensus.spread import Contest, Place, Spread, contested_pair, spread
from app.consensus.stability import Stability, stability
from app.consensus.tally import Tally
from app.consensus.tau import Tau, tau
from app.consensus.words import Phrase

__all__ = [
    "Agencies",
    "Agency",
    "Agreement",
    "Ballot",
    "Borda",
    "Camps",
    "Chance",
    "Concordance",
    "Condorcet",
    "ConsensusError",
    "Contest",
    "DuplicateItem",
    "EmptyItems",
    "Figures",
    "Kemeny",
    "Phrase",
    "Place",
    "Policy",
    "Profile",
    "Report",
    "Rounds",
    "Schulze",
    "Spread",
    "Stability",
    "Tally",
    "Tau",
    "Tiers",
    "TooManyItems",
    "UnknownItem",
    "WeightError",
    "agencies",
    "agreement",
    "borda",
    "camps",
    "chance",
    "compare",
    "concordance",
    "condorcet",
    "contested_pair",
    "kemeny",
    "report",
    "scale_agreement",
    "schulze",
    "spread",
    "stability",
    "tau",
    "tau_between",
]
