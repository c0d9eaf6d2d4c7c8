"""What every test in Python shares. Its place puts tests/ on the import path."""
import faulthandler
import os
import shutil
import sys

import pytest
from _pytest.faulthandler import fault_handler_stderr_key

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [HERE, os.path.join(HERE, "..", "tools", "demo.d")]

from servers.ground import open_folder  # noqa: E402

SHARED = os.environ.get("MERCAT_SHARED") or os.path.join(HERE, "..", "..", "shared")
# What takes longest, by the processor or by the clock, begins first: else one worker is still
# at it when the others have nothing left.
LONG = {"test_looks.py", "test_choices.py", "test_kill.py", "test_pages_safe.py",
        "test_staff_pages.py"}


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "shared: reads the corpora or the seeds beside the checkout")


# No test takes a tenth of it, on a busy machine either: who is still at one then hangs.
HANGS_S = 1500


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    """A test that hangs says where and fails, instead of holding up the whole run."""
    faulthandler.dump_traceback_later(HANGS_S, exit=True,
                                      file=item.config.stash[fault_handler_stderr_key])
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(tryfirst=True)     # the plugin of -n reads the groups in this hook, too
def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: os.path.basename(item.path) not in LONG)
    keep_files_together(items)
    leave_out_what_needs_the_corpora(config, items)


def keep_files_together(items):
    """For a parallel run (-n): the tests of a file share a house, so one worker runs them
    all, in their order. Those of faults/ set up their own and may go anywhere."""
    for item in items:
        folder, file = os.path.split(str(item.path))
        if os.path.basename(folder) != "faults":
            item.add_marker(pytest.mark.xdist_group(file))


def leave_out_what_needs_the_corpora(config, items):
    """A bare checkout has no corpora beside it: the tests that read them are not run
    then, and pytest counts them as deselected."""
    if os.path.isdir(SHARED):
        return
    config.hook.pytest_deselected(
        items=[item for item in items if item.get_closest_marker("shared")])
    items[:] = [item for item in items if not item.get_closest_marker("shared")]


@pytest.fixture(scope="session")
def shared():
    return os.path.abspath(SHARED)


@pytest.fixture(scope="module")
def folder():
    place = open_folder()
    yield place
    shutil.rmtree(place, ignore_errors=True)
