"""The position of the replay follows its clock."""

from gui.models.player import Player


def playing(start: float = 10.0, end: float = 20.0, speed: float = 1.0) -> Player:
    player = Player()
    player.load(start, end)
    player.set_speed(speed, 0.0)
    player.play(100.0)
    return player


def test_the_replay_waits_at_the_start_until_it_plays() -> None:
    player = Player()
    player.load(10.0, 20.0)
    assert not player.playing
    assert player.advance(1e6) == 10.0


def test_the_replay_moves_with_the_clock_times_its_speed() -> None:
    assert playing().advance(103.0) == 13.0
    assert playing(speed=0.25).advance(104.0) == 11.0
    assert playing(speed=4.0).advance(101.5) == 16.0


def test_the_replay_stops_at_the_end_and_restarts_from_the_start() -> None:
    player = playing()
    assert player.advance(999.0) == 20.0
    assert not player.playing
    player.play(1000.0)
    assert player.advance(1001.0) == 11.0


def test_the_replay_repeats_in_a_loop() -> None:
    player = playing()
    player.loop = (12.0, 14.0)
    player.seek(12.0, 100.0)
    assert player.advance(101.5) == 13.5
    assert player.advance(102.1) == 12.0
    assert player.advance(103.1) == 13.0
    assert player.playing


def test_the_replay_pauses_and_continues() -> None:
    player = playing()
    player.advance(102.0)
    player.pause()
    assert player.advance(150.0) == 12.0
    player.play(200.0)
    assert player.advance(201.0) == 13.0


def test_another_speed_applies_from_now_on() -> None:
    player = playing()
    player.set_speed(2.0, 103.0)
    assert player.advance(104.0) == 15.0


def test_the_replay_stays_within_its_span() -> None:
    player = playing()
    player.seek(3.0, 100.0)
    assert player.t == 10.0
    player.seek(33.0, 100.0)
    assert player.t == 20.0


def test_another_span_starts_paused() -> None:
    player = playing()
    player.loop = (12.0, 14.0)
    player.load(50.0, 60.0)
    assert player.advance(1e6) == 50.0
    player.play(200.0)
    assert player.advance(205.0) == 55.0
