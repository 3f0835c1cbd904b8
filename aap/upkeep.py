"""What the worker does for its own queue: a worker killed by the machine leaves its jobs « doing » for ever."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

# A job that kills its worker every time (memory) must end by leaving the others alone.
MOST_ATTEMPTS = 10
KEEP_DONE_JOBS_HOURS = 30 * 24


@app.periodic(cron="* * * * *")
@app.task(name="aap.upkeep.requeue_stalled_jobs", queue="upkeep", queueing_lock="requeue", pass_context=True)
async def requeue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put back in the queue the jobs of workers that have not been heard of for 30 s; every task is safe to repeat."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts + 1 < MOST_ATTEMPTS:
            await manager.retry_job(job)
        else:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="17 3 * * *")
@app.task(name="aap.upkeep.forget_old_jobs", queue="upkeep", queueing_lock="forget", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Remove the jobs that succeeded a month ago: what they did is in the history."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_JOBS_HOURS)
