"""A sender with a store of its own for each test of the deliveries."""
import os
import shutil

import pytest

from faults.sending import Sender


@pytest.fixture
def sender(folder, request):
    made = Sender(os.path.join(folder, request.node.name.replace("/", "-")))
    yield made
    made.stop()
    shutil.rmtree(made.folder)
