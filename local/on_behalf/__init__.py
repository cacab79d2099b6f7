"""What AWS does with a role of ours without a request of ours: the embedded AWS would do it unasked, here it asks IAM.

State machines run tasks and deliver logs, schedules call and send dead letters, Lambda reads queues and streams, writes
logs and sends dead letters. Each needs the rights that AWS documents for it, and each is refused without them.
"""
