from rat.model import EvidenceKind, Refinement, Ticket, TicketRef, TrackerKind
from rat.model.settings import Project, Sources
from rat.sources.code import FILES, PASSAGE, gather
from rat.sources.library import Library
from tests.unit.sources.library_of import MemoryCheckout

LONG = "".join(f"line_{number} = {number}\n" for number in range(300))
FILES_OF_TREE = {
    "web/url.py": f"{LONG}def parse_url(text):\r\n    return 'ünï'\r\n{LONG}",
    "core/url.py": "def parse_url(text):\n    pass\n",
    "tests/test_url.py": "def test_parse_url():\n    assert parse_url('x')\n",
}


def refinement(title: str = "parse_url drops the port") -> Refinement:
    return Refinement(ticket=Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="t.md"), title=title, body=""))


def library(files: dict[str, str] | None = None, paths: tuple[str, ...] = ()) -> Library:
    checkout = MemoryCheckout(FILES_OF_TREE if files is None else files)
    return Library(checkout=checkout, tracker=None, sources=Sources(), project=Project(paths=paths))


def test_impacted_files_cite_passages_that_stand_in_the_file_byte_for_byte() -> None:
    found = gather(refinement(), library())
    assert {file.path for file in found.impacted_files} == {"web/url.py", "core/url.py"}
    evidence = {piece.id: piece for piece in found.evidence}
    for file in found.impacted_files:
        piece = evidence[file.citations[0].source]
        assert piece.kind is EvidenceKind.CODE
        assert piece.lines is not None
        first, last = piece.lines
        assert last - first < PASSAGE
        assert piece.id == f"code:{file.path}#L{first}-L{last}"
        assert piece.text in FILES_OF_TREE[file.path]
        assert piece.text == "\n".join(FILES_OF_TREE[file.path].split("\n")[first - 1 : last])
        assert "def parse_url" in piece.text
        assert piece.reasons == file.reasons != ()


def test_tests_that_belong_to_the_files_are_evidence_of_their_own_kind() -> None:
    found = gather(refinement(), library())
    tests = [piece for piece in found.evidence if piece.kind is EvidenceKind.TEST]
    assert [(piece.id, piece.path) for piece in tests] == [("code:tests/test_url.py#L1-L2", "tests/test_url.py")]
    assert set(tests[0].reasons) == {"tests `web/url.py`", "tests `core/url.py`"}


def test_the_folders_of_a_team_come_first_and_others_still_follow() -> None:
    for folder in ("web", "core", "./core/", "/web"):
        paths = [file.path for file in gather(refinement(), library(paths=(folder,))).impacted_files]
        assert paths[0].startswith(folder.strip("./"))
        assert len(paths) == 2


def test_a_folder_of_the_root_means_no_preference() -> None:
    everywhere = gather(refinement(), library(paths=(".",))).impacted_files
    assert everywhere == gather(refinement(), library()).impacted_files


def test_a_ticket_without_a_trace_in_the_code_gets_no_evidence() -> None:
    found = gather(refinement("Zebra"), library())
    assert (found.impacted_files, found.evidence) == ((), ())
    assert gather(refinement(), library({})).impacted_files == ()


def test_at_most_so_many_files_are_named() -> None:
    many = {f"src/url_{number}.py": "def parse_url(): ...\n" for number in range(3)}
    many |= {f"src/other_{number}.py": f"parse_url = {number}\n" for number in range(FILES)}
    many |= {f"src/none_{number}.py": "nothing\n" for number in range(30)}
    assert len(gather(refinement(), library(many)).impacted_files) == FILES


def test_the_tree_is_read_once_for_many_tickets_and_the_same_ticket_gives_the_same_evidence() -> None:
    shared = library()
    first, again = gather(refinement(), shared), gather(refinement(), shared)
    assert first == again == gather(refinement(), library())


def test_pointers_without_content_are_noted() -> None:
    files = FILES_OF_TREE | {"core/big.py": "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"}
    assert gather(refinement(), library(files)).notes == ("1 files are Git LFS pointers: their content is not here",)
