"""Background work of reporting."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sobo.accounts import clock
from sobo.reporting import operations

RETRY = RetryStrategy(max_attempts=5, exponential_wait=10)


@app.task(queue="clock", retry=RETRY, queueing_lock="reporting-remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind schools of forms nobody has signed; done twice on a day, it reminds once.

    `timestamp` is when the clock called; the day is the installation's own.
    """
    operations.remind_of_unsigned(on=clock.today())
