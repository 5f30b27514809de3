"""Run medgraph out of the folder `app` beside this file; works with an installed and an embeddable Python."""

import sys
from pathlib import Path

APP = Path(__file__).absolute().parent / "app"

if not (APP / "medgraph").is_dir():
    sys.exit("还没有安装：请先双击 install.bat。Not installed yet: run install.bat first.")
sys.path.insert(0, str(APP))

from medgraph.cli import main  # noqa: E402  (its folder is known only now)

if __name__ == "__main__":
    main()
