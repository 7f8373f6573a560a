from rat.search.imports import Modules
from rat.search.places import Places, dotted_in, in_traces, named_in
from rat.search.traces import Frame

PATHS = ["src/acme/url.py", "src/acme/cli/url.py", "src/acme/core/run.py", "lib/x.py"]


def test_a_path_is_found_by_its_end() -> None:
    places = Places(PATHS)
    assert named_in(["acme/url.py"], places) == {"src/acme/url.py": 1.0}
    assert named_in(["/usr/lib/site-packages/acme/core/run.py"], places) == {"src/acme/core/run.py": 1.0}
    assert named_in(["x.py"], places) == {"lib/x.py": 1.0}


def test_a_name_that_many_files_have_says_less_of_each_and_an_unknown_one_nothing() -> None:
    places = Places(PATHS)
    assert named_in(["url.py"], places) == {"src/acme/cli/url.py": 0.5, "src/acme/url.py": 0.5}
    assert named_in(["absent.py", "", "../.."], places) == {}
    assert Places([f"a{number}/mod.rs" for number in range(20)]).find("mod.rs") == {}


def test_the_frame_of_the_tree_nearest_to_the_error_counts_most() -> None:
    frames = [
        Frame(path="/usr/lib/python3/json/decoder.py", line=1, function="", depth=0),
        Frame(path="/x/acme/core/run.py", line=1, function="", depth=1),
        Frame(path="/x/acme/cli/url.py", line=1, function="", depth=2),
    ]
    raised, passed = in_traces(frames, Places(PATHS))
    assert raised == {"src/acme/core/run.py": 1.0}
    assert passed["src/acme/core/run.py"] > passed["src/acme/cli/url.py"] > 0


def test_a_dotted_name_leads_to_its_module() -> None:
    modules = Modules(PATHS)
    assert dotted_in(["acme.core.run.main"], modules) == {"src/acme/core/run.py": 1.0}
    assert dotted_in(["Acme::Nothing"], modules) == {}
