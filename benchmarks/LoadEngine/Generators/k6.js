import http from 'k6/http';

const rate = Number(__ENV.RATE);
const requests = Number(__ENV.REQUESTS);
const users = Number(__ENV.USERS);
const duration = `${__ENV.SECONDS}s`;

export const options = {
  discardResponseBodies: true,
  summaryTrendStats: ['p(50)', 'p(99)', 'max'],
  scenarios: {
    load: rate > 0
      ? { executor: 'constant-arrival-rate', rate: rate, timeUnit: '1s', duration: duration, preAllocatedVUs: 500, maxVUs: 2000 }
      : requests > 0
        ? { executor: 'shared-iterations', vus: users, iterations: requests, maxDuration: '30m' }
        : { executor: 'constant-vus', vus: users, duration: duration },
  },
};

export default function () {
  http.get(__ENV.URL);
}

export function handleSummary(data) {
  return { [__ENV.REPORT]: JSON.stringify(data.metrics.http_req_duration.values) };
}
