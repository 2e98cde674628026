"""Clips are bounded, private, and gone with the visit."""

import stat
from pathlib import Path

import pytest

from kiosk.voice.clips import ClipCache, clip_key
from kiosk.voice.errors import VoiceFailure, VoiceUnavailableError

KEYS = [clip_key("v1", "fr", 125, text) for text in ("un", "deux", "trois", "quatre")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "clips"


def add(clips: ClipCache, key: str, size: int = 100) -> Path:
    temporary = clips.path_for(key)
    temporary.write_bytes(bytes(size))
    return clips.put(key, temporary)


def test_a_clip_put_in_is_found_again(folder: Path) -> None:
    clips = ClipCache(folder, 1000)
    path = add(clips, KEYS[0])
    assert clips.get(KEYS[0]) == path
    assert path.read_bytes() == bytes(100)


def test_a_clip_never_made_is_not_found(folder: Path) -> None:
    assert ClipCache(folder, 1000).get(KEYS[0]) is None


def test_the_folder_is_closed_to_other_accounts(folder: Path) -> None:
    ClipCache(folder, 1000)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_left_open_is_closed(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    ClipCache(folder, 1000)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_least_recently_used_clip_goes_first(folder: Path) -> None:
    clips = ClipCache(folder, 300)
    for key in KEYS[:3]:
        add(clips, key)
    clips.get(KEYS[0])
    add(clips, KEYS[3])
    assert [clips.get(key) is not None for key in KEYS] == [True, False, True, True]


def test_the_folder_never_holds_more_than_its_bytes(folder: Path) -> None:
    clips = ClipCache(folder, 250)
    for key in KEYS:
        add(clips, key)
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 250


def test_a_clip_made_again_is_counted_once(folder: Path) -> None:
    clips = ClipCache(folder, 250)
    add(clips, KEYS[0])
    for _ in range(5):
        add(clips, KEYS[1])
    assert clips.get(KEYS[0])


def test_a_clip_larger_than_the_whole_cache_is_refused(folder: Path) -> None:
    clips = ClipCache(folder, 50)
    with pytest.raises(VoiceUnavailableError):
        add(clips, KEYS[0])
    assert list(folder.iterdir()) == []


def test_clear_leaves_no_file(folder: Path) -> None:
    clips = ClipCache(folder, 1000)
    add(clips, KEYS[0])
    clips.path_for(KEYS[1]).write_bytes(b"half")
    clips.clear()
    assert list(folder.iterdir()) == []
    assert clips.get(KEYS[0]) is None


def test_clips_left_by_an_earlier_run_are_cleared_at_start(folder: Path) -> None:
    add(ClipCache(folder, 1000), KEYS[0])
    ClipCache(folder, 1000)
    assert list(folder.iterdir()) == []


def test_files_that_are_not_clips_are_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("not ours")
    ClipCache(folder, 1000).clear()
    assert (folder / "notes.txt").exists()


def test_a_clip_finished_after_clear_is_refused_and_deleted(folder: Path) -> None:
    clips = ClipCache(folder, 1000)
    temporary = clips.path_for(KEYS[0])
    clips.clear()
    temporary.write_bytes(bytes(10))
    with pytest.raises(VoiceUnavailableError) as caught:
        clips.put(KEYS[0], temporary)
    assert caught.value.code is VoiceFailure.DROPPED
    assert list(folder.iterdir()) == []


def test_a_clip_asked_for_a_visit_that_is_over_is_refused(folder: Path) -> None:
    clips = ClipCache(folder, 1000)
    visit = clips.visit
    clips.clear()
    with pytest.raises(VoiceUnavailableError):
        clips.path_for(KEYS[0], visit)


def test_a_discarded_clip_leaves_no_file(folder: Path) -> None:
    clips = ClipCache(folder, 1000)
    temporary = clips.path_for(KEYS[0])
    temporary.write_bytes(b"half")
    clips.discard(temporary)
    clips.discard(temporary)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_unavailable_voice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    clips = ClipCache(tmp_path / "file" / "clips", 1000)
    with pytest.raises(VoiceUnavailableError) as caught:
        clips.path_for(KEYS[0])
    assert caught.value.code is VoiceFailure.FOLDER


def test_a_link_laid_in_place_of_the_folder_is_refused(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(VoiceUnavailableError):
        ClipCache(folder, 1000).path_for(KEYS[0])


def test_a_folder_of_another_account_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr("os.getuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(VoiceUnavailableError):
        ClipCache(folder, 1000).path_for(KEYS[0])


def test_a_clip_that_was_never_written_is_an_unavailable_voice(folder: Path) -> None:
    clips = ClipCache(folder, 1000)
    with pytest.raises(VoiceUnavailableError):
        clips.put(KEYS[0], clips.path_for(KEYS[0]))


def test_a_clip_deleted_by_somebody_else_is_not_found(folder: Path) -> None:
    clips = ClipCache(folder, 1000)
    add(clips, KEYS[0]).unlink()
    assert clips.get(KEYS[0]) is None


@pytest.mark.parametrize(
    "other",
    [
        ("v2", "fr", 125, "un"),
        ("v1", "en", 125, "un"),
        ("v1", "fr", 62, "un"),
        ("v1", "fr", 125, "une"),
    ],
)
def test_the_key_changes_with_all_that_is_heard(other: tuple[str, str, int, str]) -> None:
    assert clip_key(*other) != clip_key("v1", "fr", 125, "un")
