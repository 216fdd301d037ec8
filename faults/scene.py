"""What every fault is tried on: a filled catalogue, our own services, a site that is searched, and commands of ours."""

import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from dataclasses import dataclass
from io import StringIO
from typing import IO

import httpx
from django.conf import settings
from django.core.management import CommandError, call_command

from bench.ground import REPOSITORY
from bench.own_services import Own
from bench.site import Answer, Mode, Site
from catalogus.models import OutboxEntry, Product
from catalogus.services.corrections import correct_product
from catalogus.services.outbox import enqueue_all
from faults.telling import Story

MEDIAN_SECONDS = 1.0
"""What people wait for most of the time: while the engine is away the first few searches alone wait for it."""

MOST_SECONDS = 3.0
"""Those few wait 0.8 s for an engine that says nothing, and then for the database, on a machine that is shared."""

MOST_LATE = 1
"""Of the searches that the engine should answer, so many may outlast its 0.8 s by themselves on a busy machine."""

IN_A_ROW = 12
"""So many whole answers one after another: then each process of the site has seen that the engine is there."""

TEXTS = ("wiskunde", "engels havo 3", "rekenen groep 5", "nederlands werkboek", "natuurkunde", "zorg", "", "lezen")
"""Words that the invented catalogue has; none of them is a number, which leads to its product without a search."""


_FOUND_WITHOUT_CHOICES = Product.objects.filter(
    merged_into=None, withdrawn_at=None, state="available", sectors__overlap=["po", "vo", "mbo"]
)
"""Higher education alone, for one, is found only by who asks for it."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended. last: its last line, for the story."""

    code: int
    output: str
    seconds: float

    @property
    def last(self) -> str:
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1] if lines else ""


class Scene:
    """The parts, and what one does with them. Everything is seen from outside: HTTP, commands, rows that wait."""

    def __init__(self, story: Story, engine: Own, valkey: Own, site: Site) -> None:
        self.story, self.engine, self.valkey, self.site = story, engine, valkey, site

    def manage(self, *arguments: str) -> Done:
        """Run a command of manage.py to its end, in this process: starting another one takes longer than most do."""
        output = StringIO()
        started = time.monotonic()
        code = 0
        try:
            with redirect_stderr(StringIO()):  # A bar that shows progress would stand between the lines.
                call_command(*arguments, stdout=output, stderr=output)
        except CommandError as error:
            code = error.returncode
            output.write(f"\n{error}\n")
        return Done(code, output.getvalue(), time.monotonic() - started)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command of manage.py as a process of its own, which can be killed, and come back at once."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @contextmanager
    def worker(self, log: IO[str]) -> Iterator[None]:
        """A real worker with its beat, as `make run` starts it."""
        schedule = REPOSITORY / ".devstack" / "own" / "celerybeat-schedule"
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", "-B", "--schedule-filename", str(schedule),
             "--loglevel", "WARNING", "--concurrency", "2"],
            cwd=REPOSITORY, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            process.kill()
            process.wait()

    def change(self, count: int = 5) -> str:
        """Give products a title with a word that nothing else has; the word, by which a search finds exactly these."""
        word = "".join(secrets.choice("bdfgklmnprstvz" if turn % 2 else "aeiou") for turn in range(12))
        products = list(_FOUND_WITHOUT_CHOICES.order_by("?")[:count])
        if len(products) < count:
            raise RuntimeError(f"the catalogue has {len(products)} products that can be ordered; {count} are needed")
        for number, product in enumerate(products):
            title = f"{word.capitalize()} deel {number}"
            correct_product(product=product, field="title", value=title, reason="Proef", actor="faults")
        self.story.did(f"{count} products got a title with a new word")
        return word

    def make_all_stale(self) -> int:
        """Every document waits to be written; how many that are."""
        enqueue_all()
        self.story.did(f"every document was named stale: {self.waiting} wait")
        return self.waiting

    @property
    def waiting(self) -> int:
        return OutboxEntry.objects.count()

    def engine_call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask our own engine something by hand, as an operator with curl would."""
        response = httpx.request(method, f"{self.engine.url}{path}", json=body, timeout=60, trust_env=False)
        response.raise_for_status()
        return response

    def index_behind(self, kind: str) -> str:
        """The index of products or methods that is searched."""
        (name,) = self.engine_call("GET", f"/_alias/{settings.ELASTICSEARCH_PREFIX}-{kind}").json()
        return str(name)

    def search_all(self, *, mode: Mode | None, label: str) -> None:
        """Every text is answered, through API and page, in that mode (None: whichever) and in time."""
        answers = [self.site.search(text) for text in TEXTS]
        pages = [self.site.page(text) for text in TEXTS]
        seconds = sorted(answer.seconds for answer in (*answers, *pages))
        median, slowest = statistics.median(seconds), seconds[-1]
        wrong = [answer for answer in answers if mode is not None and answer.mode != mode]
        allowed = MOST_LATE if mode == Mode.FULL else 0
        nobody = [answer for answer in (*answers, *pages) if answer.mode == Mode.NOBODY]
        self.story.see(
            f"searches while {label}",
            f"{_counted(answers)}; {len(pages) - sum(page.mode == Mode.NOBODY for page in pages)} of {len(pages)} pages"
            f"{_statuses(nobody)}; median {median:.2f} s, slowest {slowest:.2f} s",
            is_good=not nobody and len(wrong) <= allowed and median <= MEDIAN_SECONDS and slowest <= MOST_SECONDS,
            seconds=sum(seconds),
        )

    def first(self, mode: Mode, *, after: str, seconds: float = 60.0) -> None:
        """How long it takes until a search is answered in that mode."""
        what = f"first answer in {mode.value} mode after {after}"
        try:
            took = self.site.wait_for(mode, TEXTS[0], seconds=seconds)
        except TimeoutError as error:
            self.story.see(what, str(error), is_good=False)
        else:
            self.story.see(what, "there", is_good=True, seconds=took)
        if mode == Mode.FULL:
            self._all_processes_full(after)

    def _all_processes_full(self, after: str) -> None:
        """Each process of the site asks by itself whether the engine is back, and may do so after a pause."""
        what = f"every process of the site in full mode after {after}"
        try:
            took = self.site.wait_for(Mode.FULL, TEXTS[0], seconds=60, in_a_row=IN_A_ROW)
        except TimeoutError as error:
            self.story.see(what, str(error), is_good=False)
        else:
            self.story.see(what, f"{IN_A_ROW} answers in a row", is_good=True, seconds=took)

    def expect_command(self, *arguments: str, succeeds: bool) -> Done:
        """Run a command that must end well, or must end with one clear line."""
        done = self.manage(*arguments)
        is_good = (done.code == 0) == succeeds
        self.story.see(f"manage.py {' '.join(arguments)}", done.last, is_good=is_good, seconds=done.seconds)
        return done

    def prove_nothing_lost(self, words: Sequence[tuple[str, int]] = ()) -> None:
        """Empty the outbox, compare every document with the database, and find what was changed meanwhile."""
        self.expect_command("search", "drain", succeeds=True)
        self.story.see("nothing waits any more", f"{self.waiting} rows", is_good=self.waiting == 0)
        self.expect_command("search", "check", succeeds=True)
        for word, count in words:
            found = self.site.search(word)
            self.story.see(
                "what was changed is found", f"{found.total} of {count}, {found.mode.value} mode",
                is_good=found.total == count and found.mode == Mode.FULL, seconds=found.seconds,
            )  # fmt: skip

    def stand_up_again(self) -> None:
        """Before each fault: services run, the index is whole, and the site searches it."""
        for own in (self.valkey, self.engine):
            if own.is_running:
                own.thaw()
            else:
                own.start()
        if self.manage("search", "drain").code or self.manage("search", "check").code:
            rebuilt = self.manage("search", "rebuild")
            if rebuilt.code:
                raise RuntimeError(f"the index cannot be made whole: {rebuilt.last}")
        self.site.wait_for(Mode.FULL, TEXTS[0], seconds=60, in_a_row=IN_A_ROW)


def _counted(answers: Sequence[Answer]) -> str:
    counts = {mode: sum(answer.mode == mode for answer in answers) for mode in Mode}
    return ", ".join(f"{count} {mode.value}" for mode, count in counts.items() if count)


def _statuses(nobody: Sequence[Answer]) -> str:
    return f" (status {', '.join(sorted({str(answer.status) for answer in nobody}))})" if nobody else ""
