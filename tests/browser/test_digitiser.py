"""The digitiser in a page, on figures that the tests draw from patients whose hazard ratio is known."""

from __future__ import annotations

import json
import struct
import sys
import zlib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

import netmeta as nm
from netmeta.evidence.curves import PatientData, cox, survival
from netmeta.widgets.assets import script

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent


def load(name):
    if name not in sys.modules:
        spec = spec_from_file_location(name, HERE / f"{name}.py")
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


bare = load("test_frontend").bare

WIDTH, HEIGHT, LEFT, TOP, ACROSS, UP, MONTHS = 720, 460, 70, 30, 600, 360, 24
INK, BLUE, RED = (27, 31, 36), (11, 92, 158), (184, 68, 10)
MARKS = {"x1": (0, 0), "x2": (24, 0), "y1": (0, 0), "y2": (0, 1)}


def place(time, level):
    """Where a time and a survival are on the figure, in pixels."""
    return LEFT + ACROSS * time / MONTHS, TOP + UP * (1 - level)


def known_trial(n=220, hr=0.5):
    rng = np.random.default_rng(7)
    arms = []
    for rate in (0.1 * hr, 0.1):
        event, censored = rng.exponential(1 / rate, n), rng.uniform(8, 26, n)
        arms.append(
            PatientData(
                times=np.minimum(np.minimum(event, censored), 23.9), events=event <= np.minimum(censored, 23.9)
            )
        )
    return arms


def figure(arms) -> bytes:
    """Draw the two step curves and their axes as a PNG, without a drawing library."""
    canvas = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)

    def box(x1, y1, x2, y2, colour):
        canvas[round(min(y1, y2)) : round(max(y1, y2)) + 2, round(min(x1, x2)) : round(max(x1, x2)) + 2] = colour

    box(LEFT, TOP, LEFT, TOP + UP, INK)
    box(LEFT, TOP + UP, LEFT + ACROSS, TOP + UP, INK)
    for part in range(5):
        box(LEFT - 7, TOP + UP * part / 4, LEFT, TOP + UP * part / 4, INK)
        box(LEFT + ACROSS * part / 4, TOP + UP, LEFT + ACROSS * part / 4, TOP + UP + 7, INK)
    for arm, colour in zip(arms, (BLUE, RED), strict=True):
        found, at, level = survival(arm), 0.0, 1.0
        for time, new in zip(found.times, found.survival, strict=True):
            box(*place(at, level), *place(time, level), colour)
            box(*place(time, level), *place(time, new), colour)
            at, level = time, new
    return png(canvas)


def png(canvas) -> bytes:
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width, _ = canvas.shape
    lines = b"".join(b"\0" + row.tobytes() for row in canvas)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def trial():
    return known_trial()


@pytest.fixture(scope="module")
def picture(trial):
    return figure(trial)


@pytest.fixture
def board(bare):
    start = """async text => { window.module = (await load(text)).default(); const el = document.createElement('div');
      el.id = 'board'; document.body.append(el); window.model = fake('board', {marks: '{}', drawn: '{}'});
      window.stop_board = module.render({model, el}); }"""
    bare.evaluate(start, script("digitiser.js"))
    return bare


def give(page, data: bytes, name: str = "figure.png", kind: str = "image/png") -> None:
    page.locator("#board input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def press(page, x, y):
    box = page.locator("#board .netmeta-stage").bounding_box()
    page.mouse.click(box["x"] + x * box["width"] / WIDTH, box["y"] + y * box["height"] / HEIGHT)


def marks(page) -> dict:
    return json.loads(page.evaluate("models.board.get('marks')"))


def ready(page, picture):
    give(page, picture)
    page.locator("#board img").wait_for()
    # A figure that is there may not be decoded yet: its stage then grows under the hand.
    page.wait_for_function("() => document.querySelector('#board img').decode().then(() => true)")
    page.wait_for_function("() => document.querySelector('#board img').getBoundingClientRect().height > 100")
    for time, level in MARKS.values():
        press(page, *place(time, level))


def choose(page, name):
    page.get_by_role("radio", name=name).check()


def fill(view, trial):
    view.fields.axis["x2"].value = "24"
    view.fields.risk_times.value = "0 6 12 18"
    for arm, name, patients in zip(("experimental", "control"), ("newmab", "placebo"), trial, strict=True):
        view.fields.arms[arm]["name"].value = name
        view.fields.arms[arm]["risk"].value = " ".join(str(patients.at_risk(time)) for time in (0, 6, 12, 18))
        view.fields.arms[arm]["events"].value = str(patients.n_events)
    view.fields.own["study"].value, view.fields.own["endpoint"].value = "NEW-1", "PFS"


def click_curves(page, trial, points=36):
    """Click along both curves as a hand does: to the pixel, and one or so off."""
    rng = np.random.default_rng(3)
    for arm, name in zip(trial, ("experimental", "control"), strict=True):
        choose(page, f"Curve: {name}")
        found = survival(arm)
        for time in np.linspace(0.4, found.times[-1], points):
            x, y = place(time, found.at(time))
            press(page, round(x + rng.normal(0, 0.7)), round(y + rng.normal(0, 0.7)))


def test_the_hazard_ratio_of_the_patients_behind_the_figure_is_recovered(board, trial, picture, keep):
    ready(board, picture)
    click_curves(board, trial)
    view = nm.Digitiser()
    fill(view, trial)
    view.board.set_state({"marks": board.evaluate("models.board.get('marks')")})
    board.evaluate("drawn => models.board.set('drawn', drawn)", view.board.drawn)
    board.locator("#board .netmeta-overlay[data-arm='1']").wait_for(state="attached")
    keep("digitiser")
    true, found = cox(*trial), cox(*view.patients)
    # The middle 95% of simulated errors is about 0.035 (docs/curves.md).
    assert found.log_hr == pytest.approx(true.log_hr, abs=0.05)
    assert found.se == pytest.approx(true.se, rel=0.03)
    for one, other in zip(view.patients, trial, strict=True):
        assert survival(one).median == pytest.approx(survival(other).median, abs=0.8)
    view.close()


def test_axis_marks_come_in_order_and_then_the_curve(board, picture):
    ready(board, picture)
    found = marks(board)
    for name, (time, level) in MARKS.items():
        assert found[name] == pytest.approx(place(time, level), abs=1)
    assert board.get_by_role("radio", name="Curve: experimental").is_checked()
    press(board, 200, 100)
    assert marks(board)["arms"] == [[pytest.approx([200, 100], abs=1)], []]
    assert board.evaluate("models.board.saved") >= 6


def test_a_curve_may_start_on_an_axis_mark_and_cross_the_other(board, picture):
    ready(board, picture)
    press(board, *place(0, 1))
    press(board, 200, 100)
    choose(board, "Curve: control")
    press(board, 200, 100)
    assert [len(arm) for arm in marks(board)["arms"]] == [2, 1]


def test_a_point_is_dragged_and_no_new_one_is_set(board, picture):
    ready(board, picture)
    press(board, 200, 100)
    box = board.locator("[data-mark='arm0:0']").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    board.mouse.move(x, y)
    board.mouse.down()
    board.mouse.move(x + 30, y + 20, steps=4)
    board.mouse.up()
    scale = board.locator("#board .netmeta-stage").bounding_box()["width"] / WIDTH
    (only,), _ = marks(board)["arms"]
    assert only == pytest.approx([200 + 30 / scale, 100 + 20 / scale], abs=1.5)
    board.mouse.click(x + 30, y + 20)
    assert len(marks(board)["arms"][0]) == 1


def test_keys_move_a_point_by_a_pixel_and_delete_it(board, picture):
    ready(board, picture)
    press(board, 200, 100)
    press(board, 300, 150)
    board.locator("[data-mark='arm0:0']").focus()
    (x, y), _ = marks(board)["arms"][0]
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown"):
        board.keyboard.press(key)
    assert marks(board)["arms"][0][0] == pytest.approx([x + 2, y + 9])
    assert board.evaluate("document.activeElement.dataset.mark") == "arm0:0"
    board.keyboard.press("Delete")
    assert marks(board)["arms"][0] == [pytest.approx([300, 150], abs=1)]


def test_a_drag_a_deletion_and_a_cleared_curve_are_undone_one_by_one(board, picture):
    ready(board, picture)
    press(board, 200, 100)
    press(board, 300, 150)
    steps = [marks(board)]
    box = board.locator("[data-mark='arm0:0']").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    board.mouse.move(x, y)
    board.mouse.down()
    board.mouse.move(x + 40, y + 10, steps=5)
    board.mouse.up()
    steps.append(marks(board))
    board.locator("[data-mark='arm0:1']").focus()
    board.keyboard.press("Delete")
    steps.append(marks(board))
    board.get_by_role("button", name="Clear this curve").click()
    assert marks(board)["arms"] == [[], []]
    board.get_by_role("button", name="Undo").click()
    assert marks(board) == steps.pop()
    for expected in reversed(steps):
        board.locator("#board .netmeta-stage").focus()
        board.keyboard.press("Control+z")
        assert marks(board) == expected


def test_without_a_mouse_the_cross_sets_marks_and_points(board, picture):
    give(board, picture)
    board.locator("#board img").wait_for()
    board.locator("#board .netmeta-stage").focus()
    board.keyboard.press("Shift+ArrowLeft")
    board.keyboard.press("ArrowUp")
    board.keyboard.press("Enter")
    assert marks(board)["x1"] == [WIDTH / 2 - 10, HEIGHT / 2 - 1]
    assert board.get_by_role("radio", name="Time axis, second mark").is_checked()


def test_the_table_lists_the_readings_and_removes_a_point(board, picture):
    ready(board, picture)
    press(board, 200, 100)
    press(board, 300, 150)
    readings = {
        "names": ["<b>new</b>", "placebo"],
        "curves": [[], []],
        "readings": [[["5.20", "80.6%"], ["9.20", "66.7%"]], []],
    }
    board.evaluate("drawn => models.board.set('drawn', drawn)", json.dumps(readings))
    board.get_by_text("Table of points (2)").click()
    assert board.locator("#board td").all_inner_texts()[:2] == ["5.20", "80.6%"]
    assert board.locator("#board caption").first.inner_text() == "<b>new</b>: 2 points"
    assert board.locator("#board b").count() == 0
    board.get_by_role("button", name="Remove point 1 of").click()
    assert len(marks(board)["arms"][0]) == 1


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>window.ran = 1</script></svg>"
BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I", 13)
    + b"IHDR"
    + struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    + b"\0" * 40
)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (SVG, "figure.svg", "not a PNG or JPEG"),
        (SVG, "figure.png", "not a PNG or JPEG"),
        (b"", "empty.png", "not a PNG or JPEG"),
        (b"%PDF-1.7", "paper.png", "not a PNG or JPEG"),
        (BOMB, "bomb.png", "60000 by 60000 pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\1" * 400, "damaged.png", "pixels: make it smaller"),
        (b"\xff\xd8\xff" + b"\0" * 400, "damaged.jpg", "not a PNG or JPEG"),
        (b"\xff\xd8\xff\xc0\0\x11\x08\0\x10\0\x10" + b"\0" * 400, "damaged.jpg", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 20_000_001, "large.png", "larger than 20 MB"),
    ],
    ids=["svg", "svg as png", "empty", "pdf", "bomb", "bad png", "no jpeg", "bad jpeg", "large"],
)
def test_what_is_no_picture_is_refused(board, data, name, message):
    give(board, data, name)
    board.locator("#board .netmeta-error", has_text=message).wait_for()
    assert board.locator("#board img").count() == 0
    assert board.evaluate("window.ran") is None


def test_a_jpeg_is_taken_and_a_hostile_name_stays_text(board, picture, bare):
    encoded = bare.evaluate(
        """async bytes => { const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        const canvas = document.createElement('canvas'); canvas.width = bitmap.width; canvas.height = bitmap.height;
        canvas.getContext('2d').drawImage(bitmap, 0, 0);
        const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.9));
        return [...new Uint8Array(await blob.arrayBuffer())] }""",
        list(picture),
    )
    name = "<img src=x onerror='ran=1'>.jpg"
    give(board, bytes(encoded), name, "image/jpeg")
    board.locator("#board img").wait_for()
    assert board.locator("#board img").count() == 1
    assert board.locator("#board [role=status]").inner_text() == name
    assert board.evaluate("window.ran") is None


def test_nothing_of_the_image_is_sent_and_a_new_view_still_has_it(board, picture):
    ready(board, picture)
    assert set(marks(board)) == {*MARKS, "arms"}
    assert board.evaluate("models.board.sent.length") == 0
    assert len(board.evaluate("models.board.get('marks')")) < 200
    board.evaluate("""() => { stop_board(); document.querySelector('#board').replaceChildren();
      window.stop_board = module.render({model, el: document.querySelector('#board')}) }""")
    assert board.locator("#board img").count() == 1
    assert board.locator("#board [data-mark]").count() == 4


def test_lets_go(board, picture):
    ready(board, picture)
    board.evaluate("() => stop_board()")
    assert board.evaluate("models.board.listeners('change:marks') + models.board.listeners('change:drawn')") == 0


def test_from_a_figure_to_a_pooled_trial_in_jupyterlab(notebook, page, trial, picture):
    page.set_viewport_size({"width": 1280, "height": 1900})
    desk = notebook(["import netmeta as nm; view = nm.Digitiser(); view"])
    board = page.locator(".netmeta-digitiser")
    board.locator("input[type=file]").set_input_files({"name": "f.png", "mimeType": "image/png", "buffer": picture})
    board.locator("img").wait_for()

    def click(x, y):
        box = board.locator(".netmeta-stage").bounding_box()
        page.mouse.click(box["x"] + x * box["width"] / WIDTH, box["y"] + y * box["height"] / HEIGHT)

    for time, level in MARKS.values():
        click(*place(time, level))
    for arm, name in zip(trial, ("experimental", "control"), strict=True):
        page.get_by_role("radio", name=f"Curve: {name if name == 'experimental' else 'placebo'}").check()
        for time in np.linspace(0.5, arm.times[-1], 20):
            click(*place(time, survival(arm).at(time)))
    typed = {
        "Time, second mark": "24",
        "Times of the numbers at risk": "0 6 12 18",
        "Trial": "NEW-1",
        "Experimental arm": "newmab",
    }
    for words, text in typed.items():
        page.get_by_label(words, exact=True).fill(text)
    for patients, field in zip(trial, page.get_by_label("Its numbers at risk").all(), strict=True):
        field.fill(" ".join(str(patients.at_risk(time)) for time in (0, 6, 12, 18)))
    page.locator(".netmeta-answer", has_text="From approximate patient data: HR 0.").wait_for()
    page.locator(".netmeta-live .curves path, .netmeta-live [class*=curves] path").first.wait_for(state="attached")
    page.get_by_role("button", name="Add trial to the analysis").click()
    page.locator(".netmeta-fine", has_text="Added: NEW-1").wait_for()
    desk.picture("digitiser-lab")
    found = float(desk.python("print(view.analysis.evidence['NEW-1'].log_hr)"))
    assert found == pytest.approx(cox(*trial).log_hr, abs=0.07)
    assert desk.python("print(view.analysis.included['NEW-1'].source)").startswith("approximate patient data")
    page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.wait_for_timeout(1500)
    desk.picture("digitiser-lab-dark")
