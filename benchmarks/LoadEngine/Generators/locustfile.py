import os

import gevent
from locust import FastHttpUser, constant_throughput, events, task

RATE = float(os.environ.get("RATE_PER_USER", "0"))
REQUESTS = int(os.environ.get("REQUESTS", "0"))


class Sender(FastHttpUser):
    if RATE > 0:
        wait_time = constant_throughput(RATE)

    @task
    def get(self):
        self.client.get("/")


if REQUESTS > 0:
    sent = 0

    @events.init.add_listener
    def count(environment, **_):
        def on_request(**_):
            global sent
            sent += 1
            if sent == REQUESTS:
                # Not in this user's own thread: quitting ends it half-way.
                gevent.spawn(environment.runner.quit)

        environment.events.request.add_listener(on_request)
