# The wheel: catalogues, and the front end with the locked Node.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements/build.txt requirements/node.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/build.txt -r requirements/node.txt
COPY pyproject.toml hatch_build.py package.json package-lock.json .npmrc alembic.ini LICENSE README.md ./
COPY migrations migrations
COPY app app
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .

# The server: no compiler, no Node, no root.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# For PDF files: what sets text, and letters and signs that our own fonts lack.
RUN apt-get update && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-deps /wheels/*.whl \
    && useradd --system --uid 10001 --home-dir /data concord \
    && install --directory --owner concord --mode 0700 /data
USER concord
WORKDIR /data
ENV CONCORD_DATA_DIR=/data CONCORD_ENVIRONMENT=production
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["concord", "serve", "--host", "0.0.0.0", "--port", "8000"]
