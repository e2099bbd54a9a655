"""The scripts of the bundled sample clips, written by hand.

A scene is (things, sounds): a thing is "size colour shape: act@half, …", a
sound is "kind xcount@half". Scenes last four seconds each.
"""

SHORT = {
    "red-circle-and-bell": [("large red circle: right@first", "bell@second")],
    "yellow-star-spins": [("large yellow star: spin@all", "high tone@all")],
    "blue-square-grows-to-three-beeps": [("small blue square: grow@second", "beep x3@second")],
    "pink-heart-blinks": [("large pink heart: blink@all", "low tone@all")],
    "green-triangle-climbs": [("small green triangle: up-right@all", "rising sweep@all")],
    "white-moon-sinks": [("large white moon: down-left@all", "falling sweep@all")],
    "orange-ring-bounces": [("small orange ring: bounce@all", "knock x4@first")],
    "purple-cross-vanishes": [("large purple cross: vanish@second; small yellow circle:", "noise@first")],
    "cyan-square-behind-red-heart": [("small cyan square: behind@all; large red heart:", "")],
    "two-shapes-in-turn": [("small green circle: left@first; small orange star: up@second", "beep x2@first; bell@second")],
    "three-still-shapes": [("small red square:; small white circle:; small blue triangle:", "knock x2@second")],
    "black-star-shrinks-then-spins": [("large black star: shrink@first, spin@second", "noise@second")],
    "blue-moon-appears": [("large blue moon: appear@second; small pink ring:", "bell@first")],
    "yellow-triangle-and-purple-square": [
        ("small yellow triangle: down@all; small purple square: right@all", "low tone@first; high tone@second"),
    ],
}

LONG = {
    "morning-shapes": [
        ("large yellow circle: up@all", "rising sweep@all"),
        ("small green triangle:; small orange heart: grow@all", "bell@first"),
        ("small white cross: spin@all", "beep x2@second"),
        ("large red ring: left@first", "knock x3@second"),
        ("small pink star: blink@all", ""),
    ],
    "bells-and-beeps": [
        ("large cyan circle:", "bell@first"),
        ("small red star: spin@second", "beep x5@first"),
        ("large purple moon: right@all", "bell@second"),
        ("small yellow heart: grow@first", "beep x1@second"),
        ("small blue cross: down@all", "beep x4@second"),
        ("large white square: shrink@all", "bell@first; beep x2@second"),
    ],
    "the-hidden-square": [
        ("small blue square:", "low tone@all"),
        ("small blue square: behind@all; large green circle:", ""),
        ("small blue square: vanish@second; large green circle:", "noise@second"),
        ("small green circle: grow@all; small red star: appear@first", "bell@second"),
        ("small blue square: appear@second", "high tone@second"),
    ],
    "eight-directions": [
        ("large orange square: left@all", "beep x1@first"),
        ("large orange square: right@all", "beep x2@first"),
        ("small cyan heart: up@all", "beep x3@first"),
        ("small cyan heart: down@all", "beep x4@first"),
        ("small white star: up-left@all", "knock x1@second"),
        ("small white star: up-right@all", "knock x2@second"),
        ("small black triangle: down-left@all", "knock x3@second"),
        ("small black triangle: down-right@all", "knock x4@second"),
    ],
    "knock-knock": [
        ("large red square:", "knock x2@first"),
        ("large red square: shrink@second", "knock x3@first"),
        ("small yellow moon: appear@first", "knock x1@first"),
        ("small yellow moon: bounce@all; large purple ring:", "knock x5@second"),
        ("small green cross: right@first; large pink circle: blink@second", "knock x2@first; bell@second"),
    ],
    "parade": [
        ("small red circle: right@all; small blue star:", "low tone@all"),
        ("small orange triangle: right@all; small white moon:; small green ring:", "high tone@all"),
        ("small purple heart: right@first; small yellow square: right@second", "noise@all"),
        ("small cyan cross: right@all; small pink triangle: left@all", "falling sweep@all"),
        ("large black circle: right@all", "rising sweep@all"),
        ("small yellow ring:; small red heart:; small blue square:", "bell@second"),
    ],
    "grow-and-shrink": [
        ("large pink square: shrink@all", "falling sweep@all"),
        ("small green star: grow@all", "rising sweep@all"),
        ("small blue ring: grow@first, blink@second", "rising sweep@first; noise@second"),
        ("large orange moon: shrink@first; small white cross: grow@second", "falling sweep@first; rising sweep@second"),
        ("large red triangle: shrink@second", ""),
    ],
    "quiet-night": [
        ("large white moon:", ""),
        ("large white moon:; small yellow star: blink@all", ""),
        ("small yellow star: down-right@all", "falling sweep@all"),
        ("small blue heart: vanish@second", "bell@second"),
        ("large white moon: down@all", "low tone@all"),
        ("small cyan circle: up@first, vanish@second", "beep x2@first"),
        ("large purple square: appear@second", "knock x2@first"),
    ],
    "before-and-after": [
        ("large green heart: left@first", "bell@second"),
        ("large green heart: right@second", "bell@first"),
        ("small orange cross: spin@first", "beep x3@first"),
        ("small orange cross: up@second", "noise@first; beep x2@second"),
        ("large blue circle: shrink@first; small red ring: bounce@second", "low tone@first; knock x2@second"),
    ],
    "everything-moves": [
        ("small red star: up@first, down@second", "beep x1@first; bell@second"),
        ("small cyan triangle: left@first, right@second", "high tone@first; low tone@second"),
        ("small yellow cross: spin@all; small black heart: bounce@all", "noise@all"),
        ("small purple circle: blink@first, grow@second", "beep x4@second"),
        ("small white square: down-right@first; small pink moon: up-left@second", "rising sweep@second"),
        ("large orange star: vanish@second", "knock x3@first"),
        ("large green ring: appear@first, left@second", "bell@first"),
        ("small blue triangle:; small red circle:; small white star: spin@all", "falling sweep@second"),
    ],
}
