"""Where each kind of row lives."""

from zlib import crc32

from reelwright.adapters.aws.table.codec import Item, encode

DUE_SHARDS = 4
"""How many partitions the `due` index is spread over; the sweep asks each of them."""

OUTBOX_SHARDS = 4
"""How many partitions the outbox is spread over; the repair asks each of them."""

JOB = "JOB"
REQUEST = "REQUEST"
LANES = "LANES"
TENANTS = "TENANTS"

HISTORY, HOLD, BURIED, TENANT_KEY, ENDPOINT = "HISTORY#", "HOLD#", "ERASED#", "KEY#", "ENDPOINT#"
"""How sort keys begin whose rows are also asked for together; `named` tells what follows."""


def key(pk: str, sk: str) -> Item:
    """A primary key in DynamoDB's shape."""
    return encode({"pk": pk, "sk": sk})


def named(sort_key: str) -> str:
    """What a row is about: its sort key without the kind of row."""
    return sort_key.partition("#")[2]


def job_pk(job_id: str) -> str:
    """The partition of a job: its state, its request, its history."""
    return f"JOB#{job_id}"


def job(job_id: str) -> Item:
    """The key of a job's hot state."""
    return key(job_pk(job_id), JOB)


def request(job_id: str) -> Item:
    """The key of what was asked for."""
    return key(job_pk(job_id), REQUEST)


def lane(lane_id: str) -> Item:
    """The key of a lane."""
    return key(LANES, lane_id)


def tenant_pk(tenant_id: str) -> str:
    """The partition of a tenant: itself, its budgets, holds, keys and endpoints."""
    return f"TENANT#{tenant_id}"


def tenant(tenant_id: str) -> Item:
    """The key of a tenant."""
    return key(tenant_pk(tenant_id), "TENANT")


def listed_tenant(tenant_id: str) -> Item:
    """The key of a tenant's line in the list of all tenants."""
    return key(TENANTS, tenant_id)


def tenant_key(tenant_id: str, key_id: str) -> Item:
    """The key of a tenant's line about one of its API keys."""
    return key(tenant_pk(tenant_id), TENANT_KEY + key_id)


def audit_pk(month: str) -> str:
    """The partition of what operators did in a month (`yyyy-mm`)."""
    return f"AUDIT#{month}"


def audit(month: str, at_ms: int, record_id: str) -> Item:
    """The key of what an operator did: a partition a month, sorted by time."""
    return key(audit_pk(month), f"{at_ms:015d}#{record_id}")


def budget(tenant_id: str, month: str) -> Item:
    """The key of a tenant's running totals of a month."""
    return key(tenant_pk(tenant_id), f"BUDGET#{month}")


def hold(tenant_id: str, job_id: str) -> Item:
    """The key of the hold of a job."""
    return key(tenant_pk(tenant_id), HOLD + job_id)


def buried(tenant_id: str, job_id: str) -> Item:
    """The key of what is kept of an erased job: its tasks at Kling and what they cost."""
    return key(tenant_pk(tenant_id), BURIED + job_id)


def history(job_id: str, at_ms: int, version: int) -> Item:
    """The key of a line of a job's history; lines sort by time, before the job's own rows."""
    return key(job_pk(job_id), f"{HISTORY}{at_ms:015d}#{version}")


def ledger_pk(tenant_id: str, month: str) -> str:
    """The partition of a tenant's ledger entries of a month."""
    return f"LEDGER#{tenant_id}#{month}"


def entry(tenant_id: str, month: str, job_id: str, operation: str) -> Item:
    """The key of a ledger entry: one a job and operation, so none is ever booked twice."""
    return key(ledger_pk(tenant_id, month), f"{job_id}#{operation}")


def idempotency_pk(tenant_id: str) -> str:
    """The partition of a tenant's idempotency records."""
    return f"IDEMPOTENCY#{tenant_id}"


def idempotency(tenant_id: str, key_hash: str) -> Item:
    """The key of an idempotency record."""
    return key(idempotency_pk(tenant_id), key_hash)


def rate(tenant_id: str, minute: int) -> Item:
    """The key of the count of a tenant's admissions in one minute."""
    return key(f"RATE#{tenant_id}", str(minute))


def api_key(key_hash: str) -> Item:
    """The key of an API key, by the SHA-256 of its text."""
    return key(f"KEY#{key_hash}", "KEY")


def outbox_pk(shard: int) -> str:
    """A partition of the outbox."""
    return f"OUTBOX#{shard}"


def outbox(at_ms: int, event_id: str) -> Item:
    """The key of an event that is not published yet; each partition sorts by time."""
    return key(outbox_pk(crc32(event_id.encode()) % OUTBOX_SHARDS), f"{at_ms:015d}#{event_id}")


def endpoint(tenant_id: str, endpoint_id: str) -> Item:
    """The key of a tenant's webhook endpoint."""
    return key(tenant_pk(tenant_id), ENDPOINT + endpoint_id)


def delivery_pk(endpoint_id: str) -> str:
    """The partition of an endpoint's deliveries."""
    return f"ENDPOINT#{endpoint_id}"


def delivery(endpoint_id: str, delivery_id: str) -> Item:
    """The key of a delivery; its id begins with the time of its creation, so they sort by it."""
    return key(delivery_pk(endpoint_id), f"DELIVERY#{delivery_id}")


def due_shard(job_id: str, kind: str = "due") -> str:
    """The partition of the `due` index that a job (`due`), its hold (`hold`) or a delivery (`delivery`) belongs to."""
    return f"{kind}#{crc32(job_id.encode()) % DUE_SHARDS}"
