"""Show a picture in a notebook as a widget: what is selected in it is known to Python.

The page is the same as that of the file, in a frame of its own; only the ids that are selected in
it leave the frame. It needs the extra `notebook` (anywidget) and a kernel.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from medgraph.errors import OptionError
from medgraph.visuals.page import pages
from medgraph.words.say import say

_LEAST_HEIGHT, _MOST_HEIGHT = 200, 4000  # in pixels


class MapWidget:
    """Hold a picture that the cell shows which ends with it; `Figure.widget` makes one.

    Attributes
    ----------
    model
        The widget as ipywidgets knows it, to be set beside others or observed; its `selected` are
        the ids.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> widget = mg.visuals.network_map(net).widget()
    >>> widget.select()  # after a click on a facility: its id
    []
    """

    def __init__(self, page: str, title: str, height: int) -> None:
        if not isinstance(height, int) or not _LEAST_HEIGHT <= height <= _MOST_HEIGHT:
            least, most = _LEAST_HEIGHT, _MOST_HEIGHT
            raise OptionError(say("widget_height", height=height, least=least, most=most))
        self.model = _model()(page=page, title=title, height=height)

    def select(self) -> list[str]:
        """Return the ids that are selected in the picture now, in the order of the clicks.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> widget = mg.visuals.tile_map(net).widget()
        >>> net.nodes().loc[widget.select(), "name"].tolist()
        []
        """
        return list(self.model.selected)

    def _repr_mimebundle_(self, **asked: Any) -> Any:
        return self.model._repr_mimebundle_(**asked)


@cache
def _model() -> Any:
    """The class of the model that Python and the page share."""
    try:
        import anywidget
        import traitlets
    except ImportError as error:
        raise OptionError(say("records.not_installed", extra="notebook")) from error

    class MapModel(anywidget.AnyWidget):
        _esm = pages.text_of("widget.js")
        page = traitlets.Unicode().tag(sync=True)
        title = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int().tag(sync=True)
        selected: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)

    return MapModel
