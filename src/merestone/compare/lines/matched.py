"""Two lines matched and ready for measuring: what every further pass of a comparison starts from."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.compare.claim import Claim
from merestone.compare.comparison import Profile, Settings, Unmatched
from merestone.compare.lines.arrangement import Lines, lines_of
from merestone.compare.lines.common_ends import from_end_to_end
from merestone.compare.lines.leftovers import CLOSED_ALONE, leftovers
from merestone.compare.lines.matching import Answer, matching
from merestone.compare.lines.orientation import oriented, oriented_ring
from merestone.compare.lines.profile import Greatest, Ground, greatest
from merestone.compare.lines.significance import Doubt
from merestone.compare.lines.track import Track, Tracks, tracks_of
from merestone.errors import GeometryError, MixedFramesError

Ready = tuple[tuple[Track, ...], tuple[Track, ...]]
"""The tracks of both lines."""


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """The tracks of both lines, their answering stretches in the common orientation and the ground of each, what
    answers to nothing, the rings that one line alone has, and the stated doubt."""

    tracks: Ready
    answers: tuple[Answer, ...]
    grounds: tuple[Ground, ...]
    unmatched: tuple[Unmatched, ...]
    alone: tuple[tuple[Track, ...], tuple[Track, ...]]
    doubt: Doubt

    @property
    def lines(self) -> Lines:
        """Both lines as they divide the plane; there must be an answering stretch."""
        return lines_of(self.answers, self.grounds, tuple(tuple(filter(is_named, each)) for each in self.alone))

    @property
    def whole_lines(self) -> Lines:
        """Both lines with all their strands, none of which answers to another."""
        return lines_of((), (), self.tracks)


def ready(first: Claim, second: Claim) -> Ready:
    """The tracks of two lines in one frame: raise `MixedFramesError` otherwise, and `GeometryError` for what cannot
    be compared (a line at a pole)."""
    if first.frame.ellipsoid != second.frame.ellipsoid or first.frame.code != second.frame.code:
        raise MixedFramesError(str(first.frame), str(second.frame))
    for claim in (first, second):
        if not claim.strands:
            raise GeometryError(f"{claim.title} does not have a line that can be compared; give a file with a line")
    return tracks_of(first), tracks_of(second)


def matched(tracks: Ready, doubt: Doubt, *, sides_known: bool = False) -> Matched:
    """The two lines matched as the settings of the doubt ask; `sides_known` where polygons say who lies on either side."""
    settings = doubt.settings
    both = Tracks.of(tracks[0]), Tracks.of(tracks[1])
    found = matching(*both, settings, sides_known=sides_known) or from_end_to_end(*tracks)
    answers = tuple(map(oriented, found))
    one = leftovers(tracks[0], answers, settings.tolerance_m, of_second=False)
    other = leftovers(tracks[1], answers, settings.tolerance_m, of_second=True)
    alone = _rings_alone(tracks[0], one), _rings_alone(tracks[1], other)
    grounds = tuple(map(Ground.of, answers))
    for track in (*tracks[0], *tracks[1]):
        track.forget_index()
    return Matched(tracks, answers, grounds, (*one, *other), alone, doubt)


def is_named(track: Track) -> bool:
    """Whether it is said who lies on both sides of a track."""
    return track.left is not None and track.right is not None


def peaks(ground: Ground, pair: tuple[Profile, Profile], settings: Settings) -> tuple[Greatest, Greatest]:
    """The greatest distance of either line from the other along a stretch."""
    return greatest(ground, 0, pair[0], settings.error_m), greatest(ground, 1, pair[1], settings.error_m)


def _rings_alone(tracks: tuple[Track, ...], unmatched: tuple[Unmatched, ...]) -> tuple[Track, ...]:
    """The rings of a line that nothing on the other answers to, in the common orientation."""
    names = {each.reach.strand for each in unmatched if each.why == CLOSED_ALONE}
    return tuple(oriented_ring(track) for track in tracks if track.name in names)
