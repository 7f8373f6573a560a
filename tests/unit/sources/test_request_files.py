"""Requests for enhancement in the forms of the projects that write the most of them."""

import pytest

from rat.sources.request_files import RequestList, read_requests
from tests.unit.sources.library_of import MemoryCheckout

SPEC = """======
Resize
======

Problem description
===================

Use Cases
---------

Proposed change
===============
"""


def _requests(files: dict[str, str | bytes], *folders: str) -> RequestList:
    return read_requests(MemoryCheckout(files), folders)


def _one(path: str, text: str) -> tuple[str, str, str]:
    found = _requests({path: text}).requests
    assert [request.path for request in found] == [path]
    return found[0].id, found[0].title, found[0].status


def test_a_kep_is_its_yaml_and_its_readme() -> None:
    files: dict[str, str | bytes] = {
        "keps/sig-node/1287-resize/kep.yaml": "title: In-place Update\nkep-number: 1287\nstatus: implemented\n",
        "keps/sig-node/1287-resize/README.md": "# KEP-1287: Resize\n\n## Summary\n",
        "keps/sig-node/1287-resize/notes.md": "# Notes\n\n## Summary\n\n## Motivation\n\n## Proposal\n",
        "keps/NNNN-kep-template/kep.yaml": "title: KEP Template\nstatus: provisional|implementable\n",
        "pkg/testdata/keps/sig-x/1-y/kep.yaml": "title: no\n",
    }
    (request,) = _requests(files).requests
    assert (request.id, request.title, request.status) == ("RFE-1287", "In-place Update", "implemented")
    assert (request.path, request.metadata) == (
        "keps/sig-node/1287-resize/README.md",
        "keps/sig-node/1287-resize/kep.yaml",
    )


def test_a_broken_kep_is_reported_and_still_listed() -> None:
    found = _requests({"keps/sig-a/7-x/kep.yaml": 'title: A: "b\nstatus: deferred\n'})
    assert [(request.id, request.status) for request in found.requests] == [("RFE-7", "deferred")]
    assert "not valid YAML" in found.problems[0].message


def test_openshift_front_matter_even_when_it_is_broken() -> None:
    good = "---\ntitle: neat-thing\nauthors:\n  - ada\nstatus: implementable\n---\n\n# Neat thing\n\n## Summary\n"
    assert _one("enhancements/network/neat-thing.md", good) == ("RFE-neat-thing", "neat-thing", "implementable")
    found = _requests({"enhancements/network/neat-thing.md": good.replace("  - ada", "  - @ada")})
    assert [(request.title, request.status) for request in found.requests] == [("neat-thing", "implementable")]
    assert "not valid YAML" in found.problems[0].message


def test_a_title_left_from_the_template_gives_way_to_the_files_name() -> None:
    text = "---\ntitle: neat-enhancement-idea\nauthors:\n  - ada\n---\n\n# Neat Enhancement Idea\n\n## Summary\n"
    assert _one("docs/proposals/sync-timeout.md", text)[1] == "Sync timeout"


def test_rust_rfcs_have_a_list_and_no_status() -> None:
    header = "- Feature Name: trim-paths\n- Start Date: 2021-05-24\n- RFC PR: [rust-lang/rfcs#3127](u)\n"
    text = f"{header}\n# Summary\n[summary]: #summary\n"
    assert _one("text/3127-trim-paths.md", text) == ("RFE-3127", "trim-paths", "")
    assert (
        _one("text/0002-rfc-process.md", text.replace("trim-paths", "(fill me in with a unique ident)"))[1]
        == "Rfc process"
    )


def test_openstack_specs_have_their_status_in_the_folder() -> None:
    text = "..\n Licence\n\n" + SPEC
    assert _one("specs/2024.1/implemented/some-thing.rst", text) == ("RFE-some-thing", "Resize", "implemented")


def test_peps_have_a_field_list() -> None:
    text = "PEP: 225\nTitle: Elementwise Operators\nStatus: Rejected\nAuthor: A\n\nAbstract\n========\n\nText.\n"
    assert _one("peps/pep-0225.rst", text)[1:] == ("Elementwise Operators", "Rejected")


def test_red_hat_style_markdown() -> None:
    text = "# RFE-017: Export as CSV\n\n**Status**: Draft\n**Priority**: High\n\n## Summary\n\n## Problem Statement\n"
    assert _one("docs/rfe/export.md", text) == ("RFE-017", "Export as CSV", "Draft")
    assert _one("planning/export.md", text)[0] == "RFE-017"


def test_plain_markdown_is_known_by_its_sections() -> None:
    text = "# Export\n\n## Problem statement\n\n## User stories\n\n## Acceptance criteria\n"
    assert _one("docs/proposals/export.md", text)[1] == "Export"
    assert _one("text/0007-export.md", text)[0] == "RFE-0007"


@pytest.mark.parametrize(
    "path",
    [
        "enhancements/README.md",
        "rfcs/0000-template.md",
        "specs/zed-template.rst",
        "docs/rfcs/index.md",
        "specs/cart_spec.md",
    ],
)
def test_indexes_templates_and_other_pages_are_none(path: str) -> None:
    assert _requests({path: "# Proposals\n\n## How to\n\n## Summary\n"}).requests == ()


def test_the_template_of_a_release_is_none_but_a_request_about_templates_is_one() -> None:
    unfilled = SPEC.replace("======\nResize\n======", "=====\nTitle\n=====")
    found = _requests({"specs/zed-template.rst": unfilled, "specs/boot-template.rst": SPEC}).requests
    assert [request.path for request in found] == ["specs/boot-template.rst"]


def test_one_name_in_two_releases_gives_two_ids() -> None:
    found = _requests({f"specs/{release}/approved/x.rst": SPEC for release in ("2023.1", "2023.2")}).requests
    assert [request.id for request in found] == ["RFE-2023.1-approved-x", "RFE-2023.2-approved-x"]


def test_folders_from_the_configuration_are_all_there_is() -> None:
    files: dict[str, str | bytes] = {
        "asks/a.md": "# A\n\nText.\n",
        "rfcs/0001-b.md": "# B\n\n## Summary\n\n## Motivation\n",
    }
    assert [request.path for request in _requests(files, "asks").requests] == ["asks/a.md"]


def test_a_decision_is_no_request_as_well() -> None:
    files: dict[str, str | bytes] = {"rfcs/adr/0001-a.md": "# A\n\n- Status: accepted\n\n## Summary\n\n## Motivation\n"}
    assert _requests(files).requests == ()
