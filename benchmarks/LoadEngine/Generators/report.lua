function done(summary, latency, requests)
  io.write(string.format("report %f %f %f\n", latency:percentile(50), latency:percentile(99), latency.max))
end
