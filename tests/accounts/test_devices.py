import pytest

from accounts.devices import describe_device

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Safari/537.36 Edg/142.0.0.0", "Edge op Windows"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {BLINK} Safari/537.36", "Chrome op Chromebook"),
        (f"Mozilla/5.0 (Linux; Android 15; K) {BLINK} Mobile Safari/537.36", "Chrome op Android"),
        (f"Mozilla/5.0 (Linux; Android 15) {BLINK} SamsungBrowser/28.0 Safari/537.36", "Samsung Internet op Android"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/18.6 Safari/605.1.15", "Safari op Mac"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {APPLE} Safari/604.1",
            "Safari op iPhone",
        ),
        (
            f"Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) {APPLE} CriOS/142.0 Safari/604.1",
            "Chrome op iPad",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chromium/142.0", "Chromium op Linux"),
        ("curl/8.14", "Onbekend apparaat"),
        ("Windows", "Windows"),
        ("", "Onbekend apparaat"),
        ("\x00<script>", "Onbekend apparaat"),
    ],
)
def test_describe_device(user_agent, words):
    assert describe_device(user_agent) == words
