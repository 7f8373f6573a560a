import pytest

from rat.search.definitions import definitions, line_of
from rat.search.imports import Modules, imports


@pytest.mark.parametrize(
    ("path", "code", "names"),
    [
        (
            "a.py",
            "class Url:\n    async def parse_it(self): ...\nLIMIT: int = 3\nx == 1\n",
            ["Url", "parse_it", "LIMIT"],
        ),
        (
            "a.ts",
            "export class Url {\n  private send(x: number): void {\n  }\n}\nexport const limit = 3\ntype Kind = 1\n",
            ["Url", "send", "limit", "Kind"],
        ),
        ("a.js", "Foo.prototype.render = function () {}\nif (x) {\n}\nfunction go() {}\n", ["render", "go"]),
        (
            "a.go",
            'func (s *Server) Serve() error {\ntype Url struct {\n\tName string `json:"n"`\n',
            ["Serve", "Url", "Name"],
        ),
        ("a.rs", "pub fn parse() {}\nstruct Url;\nmacro_rules! vec_of {}\n", ["parse", "Url", "vec_of"]),
        (
            "A.java",
            "public class A {\n  private static final int MAX_SIZE = 3;\n  public void send(int x) {\n",
            ["A", "MAX_SIZE", "send"],
        ),
        ("a.kt", "fun String.shout() = 1\nobject Single\n", ["shout", "Single"]),
        ("a.c", "static int parse_it(char *s) {\n#define LIMIT 3\nstruct url {\n", ["parse_it", "LIMIT", "url"]),
        (
            "a.rb",
            "class Jekyll::Site\n  def self.read!\n  LIMIT = 3\n  config_param :name\n",
            ["Site", "read!", "LIMIT", "name"],
        ),
        ("a.php", "class Once {\n  public function value() {}\n  protected array $map;\n", ["Once", "value", "map"]),
        ("a.sh", "go_on() {\nLIMIT=3\n", ["go_on", "LIMIT"]),
        ("a.toml", 'line-length = 3\n"quoted": 1\n', ["line-length", "quoted"]),
        ("a.ex", "defmodule Acme do\n  def run do\n", ["Acme", "run"]),
    ],
)
def test_what_a_file_defines_is_found_in_many_languages(path: str, code: str, names: list[str]) -> None:
    assert [found.name for found in definitions(path, code.encode())] == names


def test_a_definition_knows_its_line() -> None:
    code = b"import os\n\n\ndef go():\n    pass\n"
    assert line_of(code, definitions("a.py", code)[0].offset) == 4


@pytest.mark.parametrize(
    ("path", "code", "found"),
    [
        ("pkg/a.py", "from pkg.core import run\nimport pkg.url as u\n", {"pkg/core.py", "pkg/url.py"}),
        ("pkg/a.py", "from .core import (run,\n  go)\n", {"pkg/core.py"}),
        (
            "web/a.ts",
            "import x from './diff/props'\nconst y = require('./diff')\n",
            {"web/diff/props.ts", "web/diff/index.ts"},
        ),
        ("src/a.c", '#include "util.h"\n#include <stdio.h>\n', {"src/util.h"}),
        ("A.java", "import org.acme.json.Parser;\n", {"src/org/acme/json/Parser.java"}),
        ("a.rb", "require 'acme/site'\n", {"lib/acme/site.rb"}),
        ("a.rs", "use crate::net::udp;\n", {"src/net/udp.rs"}),
        ("a.php", "use Acme\\Http\\Kernel;\n", {"src/Acme/Http/Kernel.php"}),
    ],
)
def test_imports_lead_to_the_files_whose_paths_end_so(path: str, code: str, found: set[str]) -> None:
    modules = Modules(
        [
            *("pkg/core.py", "pkg/url.py", "web/diff/props.ts", "web/diff/index.ts", "src/util.h", "src/net/udp.rs"),
            *("src/org/acme/json/Parser.java", "lib/acme/site.rb", "src/Acme/Http/Kernel.php", "other/core.py"),
        ]
    )
    assert set(imports(path, code.encode(), modules)) >= found


def test_a_file_is_found_by_its_name_in_any_spelling() -> None:
    modules = Modules(["src/json_factory.py", "web/JsonFactory.ts", "once/index.js"])
    assert modules.called(["JsonFactory", "once", "absent"]) == {
        "src/json_factory.py": 0.5,
        "web/JsonFactory.ts": 0.5,
        "once/index.js": 1.0,
    }


HOSTILE = (
    "a ",
    "a.",
    "(",
    "public ",
    "\t",
    " ",
    "\n",
    "import ",
    "from a import b,",
    "struct a",
    "a::",
    "use a::",
    "def ",
    "::",
    "x=",
    '"',
)


@pytest.mark.parametrize("suffix", ["py", "ts", "go", "rs", "java", "c", "rb", "php", "sh", "toml", "ex"])
@pytest.mark.timeout(60)
def test_hostile_files_are_read_in_time(suffix: str) -> None:
    modules = Modules(["a.py"])
    for unit in HOSTILE:
        data = (unit * (200_000 // len(unit))).encode()
        definitions(f"x.{suffix}", data)
        imports(f"x.{suffix}", data, modules)
