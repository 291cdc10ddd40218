"""`nexus deposit`: files to a service over HTTP, with a verdict on every record."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_hub.cli.load import show_problems
from nexus_hub.cli.session import console, errors, reading

if TYPE_CHECKING:
    from nexus_hub.nauvis.batches import Cut
    from nexus_hub.nauvis.sending import Sender
    from nexus_hub.nauvis.verdict_report import VerdictReport

INTERRUPTED = 130
NOT_TAKEN = frozenset({"rejected", "unread"})
SHOWN_PROBLEMS = 20


def deposit(
    files: Annotated[
        list[str],
        typer.Argument(
            help="JSON lines, an array or an object with one; plain, .gz, .zst, .zip; - for stdin."
        ),
    ],
    url: Annotated[str, typer.Option(help="The service.")] = "http://127.0.0.1:8088",
    key: Annotated[
        str | None, typer.Option(envvar="NEXUS_KEY", help="Your key: nx_...", show_envvar=True)
    ] = None,
    concurrency: Annotated[
        int, typer.Option(min=1, max=64, help="Batches under way at a time.")
    ] = 4,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="Write the verdict on each record here; run again, go on where it ends.",
        ),
    ] = None,
    test: Annotated[
        bool, typer.Option("--test", help="Tell what would be done, and do nothing.")
    ] = False,
    again: Annotated[
        str,
        typer.Option(
            metavar="WORD",
            help="Deposit anew what was deposited from this file before; the word names the run.",
        ),
    ] = "",
    patience: Annotated[
        float,
        typer.Option(min=0, metavar="SECONDS", help="How long to go on while nothing answers."),
    ] = 600.0,
) -> None:
    """Deposit the records of files over HTTP and wait for their verdicts.

    Run again after an interruption, it goes on where it was; nothing is deposited twice. Exit code
    0: all is taken; 1: something was rejected or could not be read, or the service refused; 130:
    interrupted.
    """
    from nexus_hub.nauvis.sending import Sender, client_of
    from nexus_hub.nauvis.verdict_report import VerdictReport

    with VerdictReport(report) as kept, client_of(url, key, concurrency) as client:
        sender = Sender(client, is_test=test, patience_s=patience)
        run = Run(sender, kept, concurrency, salt=again)
        try:
            run.through(files)
        except KeyboardInterrupt:
            run.stop()
            _tell(run, is_test=test)
            errors.print("interrupted; run the same command again to go on", style="red")
            raise typer.Exit(INTERRUPTED) from None
        _tell(run, is_test=test)
    if NOT_TAKEN & kept.counts.keys():
        raise typer.Exit(1)


class Run:
    """Files on their way: batches under way at a time, each followed to its verdicts."""

    def __init__(self, sender: Sender, report: VerdictReport, concurrency: int, salt: str) -> None:
        self.report = report
        self.problems: list[str] = []
        self._sender = sender
        self._concurrency = concurrency
        self._salt = salt
        self._changed = threading.Condition()
        self._under_way: list[Cut] = []
        self._failure: BaseException | None = None
        self._threads: list[threading.Thread] = []

    def through(self, files: list[str]) -> None:
        """Send all that is not in the report; returns when the last verdict is written."""
        from nexus_hub.nauvis.batches import cut

        seen: Counter[str] = Counter()
        with reading() as bar:
            tasks = {path: bar.add_task(path, total=None, records=0) for path in files}

            def on_bytes(path: str, done: int, total: int | None) -> None:
                known = sum(self.report.counts.values())
                bar.update(tasks[path], completed=done, total=total, records=known)

            for path in files:
                for one in cut(
                    path,
                    is_test=self._sender.is_test,
                    salt=self._salt,
                    seen=seen,
                    on_bytes=on_bytes,
                ):
                    if not self.report.has(one.batch.key):
                        self._begin(one)
            self._wait(lambda: not self._under_way)
            for task in tasks.values():
                bar.update(task, records=sum(self.report.counts.values()))

    def stop(self) -> None:
        """Wait for nothing any more; what is under way is found again by its key."""
        self._sender.stopping.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _begin(self, one: Cut) -> None:
        """Send a batch once there is room, and once no other with a DOI of its is under way."""
        self._wait(
            lambda: (
                len(self._under_way) < self._concurrency
                and all(one.dois.isdisjoint(other.dois) for other in self._under_way)
            )
        )
        with self._changed:
            self._under_way.append(one)
        thread = threading.Thread(target=self._follow, args=(one,), daemon=True)
        self._threads = [other for other in self._threads if other.is_alive()] + [thread]
        thread.start()

    def _follow(self, one: Cut) -> None:
        try:
            verdicts = self._sender.send(one.batch) if one.batch.raws else []
            with self._changed:
                self._keep(one, [*verdicts, *one.unread])
        except BaseException as error:
            with self._changed:
                self._failure = self._failure or error
        finally:
            with self._changed:
                self._under_way.remove(one)
                self._changed.notify_all()

    def _keep(self, one: Cut, verdicts: list[dict[str, Any]]) -> None:
        self.report.add(one.batch.key, verdicts)
        for verdict in verdicts:
            if verdict["result"] in NOT_TAKEN and len(self.problems) <= SHOWN_PROBLEMS:
                place = f"{verdict['file']}:{verdict['line']}"
                said = "; ".join(f"{p['code']}: {p['detail']}" for p in verdict["problems"])
                self.problems.append(f"{place}: {said}")

    def _wait(self, is_so: Any) -> None:
        with self._changed:
            # With a time, so that Ctrl-C is heard.
            while not self._failure and not is_so():
                self._changed.wait(0.5)
            if self._failure:
                failure = self._failure
            else:
                return
        self.stop()
        raise failure


def _tell(run: Run, *, is_test: bool) -> None:
    show_problems(run.problems)
    counts = run.report.counts
    told = ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items())) or "nothing"
    records = sum(counts.values())
    console.print(
        f"{records:,} records{' tested' if is_test else ''}: {told}",
        highlight=False,
        soft_wrap=True,
    )
