"""Ways to write an address that must not be reached."""

from itertools import product

PRIVATE = (
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1",
    "192.168.255.255", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "0.0.0.0", "0.1.2.3",  # noqa: S104 - nothing is bound
    "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
)  # fmt: skip

PRIVATE_V6 = (
    "::", "::1", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::",
    "3fff::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fe80::1", "fe80::a9fe:a9fe", "fec0::1", "ff02::1",
    "ff0e::1", "4000::1", "8000::1", "fe80::1%25eth0", "fe80::1%eth0", "v1.abc", "::1]@[2606:4700::1111",
)  # fmt: skip

NUMBERS = (
    "2130706433", "0x7f000001", "017700000001", "0x7f.1", "0x7f.0.0.1", "0177.0.0.1", "0177.0.0.01", "127.1",
    "127.0.1", "0127.0.0.1", "127.0.0.1.", "127.0.0.01", "00127.0.0.1", "127.0.0.0x1", "0x7f.0x0.0x0.0x1",
    "2852039166", "0xa9fea9fe", "0xA9FEA9FE", "025177524776", "0251.0376.0251.0376", "169.254.43518", "169.16689662",
    "0", "0x0", "00", "1", "4294967295", "4294967296", "99999999999", "256.256.256.256", "1.2.3.4.5", "1.2.3",
    "1..2.3", "-1.0.0.1", "127.0.0.1%00", "127%2e0%2e0%2e1", "127.0.0.1%20", "1.1.1.1.", "0xdeadbeef", "10.1",
)  # fmt: skip

NAMES = (
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain.local", "printer.local",
    "db.internal", "metadata.google.internal", "instance-data.ec2.internal", "ip-10-0-0-1.ec2.internal",
    "router.lan", "nas.home", "server.corp", "intranet", "wiki.intranet", "home.arpa", "box.home.arpa",
    "1.0.0.127.in-addr.arpa", "abc.onion", "metadata", "redis", "kubernetes.default.svc.cluster.local", "a", "",
    ".", "..", ".com", "a..com", "-a.com", "a-.com", "exa mple.com", "ex\tample.com", "example.com\n",
    "a.com\x00.b.com",
    "\u2460\u2461\u2466.0.0.1", "\uff11\uff12\uff17.0.0.1", "127\u30020\u30020\u30021", "\u24db\u24de\u24d2al.com",
    "b\u00fccher.example.com", "ex\u00adample.com", "\u202eexample.com", "e\u0300xample.com", "a" * 64 + ".com",
    ("a" * 60 + ".") * 5 + "com", "example.c0m.", "example.123", "example.0x7f", "*.example.com", "a,b.com", "a;b.com",
    "a!b.com", "$(id).com", "a'b.com", "(a).com", "a=b.com", "a&b.com", "a+b.com", "[::1", "::1]", "[]", "[127.0.0.1]",
)  # fmt: skip

HOST = "cdn.example.com"
SHAPES = (
    f"http://{HOST}/", f"ftp://{HOST}/", f"file://{HOST}/etc/passwd", "file:///etc/passwd", f"gopher://{HOST}/_x",
    f"dict://{HOST}/", f"ldap://{HOST}/", f"ws://{HOST}/", f"wss://{HOST}/", "data:text/html,x", "javascript:alert(1)",
    f"jar:https://{HOST}/!/", f"//{HOST}/a", f"/{HOST}/a", HOST, "", " ", "https:", "https:/", "https://", "https:///",
    "https:///a", "https://?", "https://#", f"https:/{HOST}/a", f"https:{HOST}/a", f"https:\\\\{HOST}\\a",
    f"https://{HOST}\\@127.0.0.1/", f"https://{HOST}:80/", f"https://{HOST}:8443/", f"https://{HOST}:22/",
    f"https://{HOST}:0/", f"https://{HOST}:65536/", f"https://{HOST}:-1/", f"https://{HOST}:x/", f"https://{HOST}:/",
    f"https://{HOST}:443:443/", f"https://user@{HOST}/", f"https://user:pass@{HOST}/", f"https://@{HOST}/",
    f"https://:@{HOST}/", f"https://{HOST}@127.0.0.1/", f"https://127.0.0.1@{HOST}/", f"https://{HOST}%40127.0.0.1/",
    f"https://127.0.0.1%2f@{HOST}/", f"https://{HOST}%00/", f"https://{HOST}%2e/", f"https://{HOST}%0d%0aX:y/",
    f" https://{HOST}/", f"https://{HOST}/ ", f"https://{HOST}/a b", f"https://{HOST}/\r\nX: y", f"https://{HOST}/\x00",
    f"\thttps://{HOST}/", f"ht\ntps://{HOST}/", f"https://{HOST}/\u00e9", f"https://{HOST}/\ud800",
    f"https://{HOST}/<x>", f'https://{HOST}/"', f"https://{HOST}/" + "a" * 4096, f"HTTP://{HOST}/",
    f"https://{HOST}#@127.0.0.1:80/x y", f"https://{HOST}?@127.0.0.1 /", f"url:https://{HOST}/", f"https;//{HOST}/",
)  # fmt: skip

REFUSED = tuple(
    dict.fromkeys(
        [
            *(f"https://{host}{rest}" for host, rest in product(PRIVATE, ("/", ":443/latest/meta-data"))),
            *(f"https://[{host}]/" for host in PRIVATE_V6),
            *(f"https://{host}/" for host in (*NUMBERS, *NAMES)),
            *SHAPES,
        ]
    )
)

ALLOWED = (
    "https://cdn.example.com", "https://cdn.example.com/", "https://cdn.example.com:443/a.mp4", "HTTPS://CDN.Example.COM/a",
    "https://p1-kling.klingai.com/bs2/upload/x_y.mp4?Expires=1790000000&Signature=ab~c-d_&Key-Pair-Id=K2",
    "https://v15-kling.klingai.com/a%2Fb.mp4?pkey=A%3D%3D&x-kcdn-pid=1", "https://xn--bcher-kva.example.com/a.png",
    "https://a.b.c.d.e.example.co.uk/", "https://1.example.com/", "https://1-2-3-4.example.com/", "https://8.8.8.8/a",
    "https://100.63.255.255/", "https://100.128.0.1/", "https://172.15.0.1/", "https://172.32.0.1/", "https://11.0.0.1/",
    "https://192.169.0.1/", "https://223.255.255.254/", "https://[2606:4700:4700::1111]/", "https://[2a00:1450::1]:443/x",
    "https://[64:ff9b::8.8.8.8]/", "https://localhost.example.com/", "https://internal.example.com/", "https://my_bucket.example.com/",
    "https://user.example.com/@home?u=a@b.example", "https://example.com/#frag", "https://example.com?q=http://10.0.0.1/",
    "https://d111111abcdef8.cloudfront.net/image.jpg", "https://b.s3.eu-central-1.amazonaws.com/k?X-Amz-Date=1", "https://0x7f.example.com/",
)  # fmt: skip
