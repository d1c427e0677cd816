"""The classic sentiment endpoint: POST /predict {"text": "..."} -> {"label": "positive", "score": 0.97}."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor

import torch
from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from pydantic import BaseModel

from minilm import Encoder, Tokenizer

torch.set_num_threads(1)  # more of them fight for the cores of a small machine

tokenizer = Tokenizer("model/vocab.txt")
encoder = Encoder("model/model.onnx")
with open("sentiment-head.json", encoding="utf-8") as file:
    head = json.load(file)
weights, bias = torch.tensor(head["weights"]), head["bias"]

# One request at a time in order of arrival, so that /health answers meanwhile: the way SentimentServer does it.
lane = ThreadPoolExecutor(max_workers=1)

# The names of prometheus-fastapi-instrumentator.
requests = Counter("http_requests", "Requests.", ["handler", "status", "method"])
durations = Histogram(
    "http_request_duration_seconds", "Duration of the requests.", ["handler", "method"],
    buckets=[0.0005 * 1.5**i for i in range(23)],
)  # fmt: skip


def classify(text):
    positive = torch.sigmoid(encoder.encode(tokenizer.encode(text)) @ weights + bias).item()
    return {"label": "positive", "score": positive} if positive >= 0.5 else {"label": "negative", "score": 1 - positive}


for _ in range(10):  # the first runs are several times slower than the rest
    classify("A short text to warm up with.")

app = FastAPI()


class Text(BaseModel):
    text: str


@app.middleware("http")
async def count(request, call_next):
    start = time.perf_counter()
    response = await call_next(request)
    path = request.url.path
    handler = path if path in ("/predict", "/health", "/metrics") else "other"
    requests.labels(handler, f"{response.status_code // 100}xx", request.method).inc()
    durations.labels(handler, request.method).observe(time.perf_counter() - start)
    return response


@app.post("/predict")
async def predict(text: Text):
    return await asyncio.get_running_loop().run_in_executor(lane, classify, text.text)


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.get("/metrics")
async def metrics():
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
