"""Draw the tile map: one square for each township, near to where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from medgraph.visuals.arguments import check_kind, check_map
from medgraph.visuals.colouring import ColorBy, colour_series
from medgraph.visuals.tiles.county_tiles import CountyDrawing
from medgraph.visuals.tiles.tile_drawing import TileDrawing
from medgraph.visuals.tiles.tile_scene import merged, tile_scene
from medgraph.words.say import language, speaking

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.figure import Figure

MERGED_FROM = 400  # tiles that can still be read on one sheet


def tile_map(
    net: MedicalNetwork,
    *,
    color_by: ColorBy = None,
    links: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw one square per township-level area at its relative position, coloured by group.

    Positions are `tile_x` and `tile_y`, else derived from `lon` and `lat`, else from codes; they
    are a sketch. Village units, where there are any, are dots. More than 400 areas are drawn as one
    tile per county, with how many of its townships are served.

    Parameters
    ----------
    net
        The network.
    color_by
        What was judged of each area: a Series by id or name, the name of a column, or an answer.
        What matches no node is an error. The status of a coverage answer has its looks (a gap is
        hatched
        in a red frame, unknown is dotted, excluded is dashed), a verdict, or any other words or
        numbers, which then give the colours. Without it nothing is judged: an area in which the
        data names no facility of a group is hatched in grey, never in red.
    links
        By the id of a county, the file that a click on its tile opens (a path beside the picture);
        for maps of more than 400 areas.
    as_of
        The day of the picture; the data day of the network by default.
    lang
        Language of the words, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the tiles `shown` of `all` township-level areas of the day, and how many
        are in each state; for counties the tiles are counties, and `townships` is how many areas
        they hold.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> mg.visuals.tile_map(net, color_by=mg.coverage.served(net).status).counts
    {'shown': 43, 'all': 43, 'served': 38, 'gap': 1, 'excluded': 4}
    """
    check_map(lang, net, as_of=as_of)
    check_kind("links", {} if links is None else links, Mapping, "mapping")
    with speaking(lang or language()):
        scene = tile_scene(net, colour_series(net, color_by), net.day(as_of), language())
        if len(scene.tiles) <= MERGED_FROM:
            return TileDrawing(scene).figure()
        counties = merged(scene, net, language())
        return CountyDrawing(
            counties, townships=scene, links=dict({} if links is None else links)
        ).figure()
