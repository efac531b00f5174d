<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message>
        <source>Understood</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>fine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Toes where they should be, every rep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two motion sensors, one on the shin and one on the foot, show and tell you during leg curls whether your toes point when they should and whether you lower slowly enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect my sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it without sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Toepoint is a training aid, not a medical device. It measures; it does not diagnose or treat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop when something hurts or cramps. No cue asks you to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With an acute injury of hamstring, calf or Achilles tendon, do not train heavy lowering unless a clinician told you to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your data stay in this folder. There is no account, and nothing is sent:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LegWidget</name>
    <message>
        <source>Leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>toes up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>toes pointed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHIN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FOOT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulated</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlacePanel</name>
    <message>
        <source>no sensor chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no data just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} % lost</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RepTiles</name>
    <message>
        <source>Reps of this set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s down</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SensorList</name>
    <message>
        <source>Sensors</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SensorPill</name>
    <message>
        <source>no sensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SensorRowWidget</name>
    <message>
        <source>this one moves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S: shin, F: foot, Delete: neither</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the shin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be used: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a sensor that Toepoint knows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connected to this computer already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fairly near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>battery {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>charge it soon</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SensorsPage</name>
    <message>
        <source>Sensors in sight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nearest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show unknown devices too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHIN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FOOT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap shin and foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on: calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it without sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nearest first · looking …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensors of this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sensor in sight yet. Switch both on and move them to push them awake. A sensor that another app or phone holds is invisible: end it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of 2 streaming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect my sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect the two nearest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shake one sensor: its row lights up. If it is on the wrong place, swap them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worn last: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any order will do: once they stream, shake one to see which it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings (*.mcap)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Athlete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands in files instead of a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leg that wears the sensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leg curl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror the picture of the leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>plates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest step of the load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>relaxed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target for the toes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn: every rep is spoken of. Train: only misses and the count. Test: the count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tones and voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tones only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings are written here and nowhere else. Empty: the usual folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings are kept in {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be kept: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be between {low} and {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be {allowed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder must be given from the root on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be used: {error}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StageLine</name>
    <message>
        <source>found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>discovering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>configuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>streaming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages of connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TempoBar</name>
    <message>
        <source>Tempo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Ankle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>degrees · last 20 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>degrees from start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pointed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sensor</name>
    <message>
        <source>Bluetooth service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bluetooth permission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>granted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bluetooth adapter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>present, with Bluetooth Low Energy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bluetooth switch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this computer has no Bluetooth Low Energy adapter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug in a Bluetooth 4.0 (or later) adapter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it has one: `rfkill list bluetooth` and `bluetoothctl list` show whether the system sees it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it has one: look for it, and for its driver, in the Device Manager.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bluetooth is switched off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch it on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`bluetoothctl power on`; if that is refused, `rfkill unblock bluetooth`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Control Centre &gt; Bluetooth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings &gt; Bluetooth &amp; devices; check that aeroplane mode is off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the system does not let this program use Bluetooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add yourself to the group `bluetooth` (`sudo usermod -aG bluetooth $USER`) and log in again; in a container, pass /run/dbus/system_bus_socket into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System Settings &gt; Privacy &amp; Security &gt; Bluetooth: allow the terminal or Toepoint, then start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings &gt; Privacy &amp; security &gt; Radios: allow desktop apps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the Bluetooth service of the system cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`sudo systemctl start bluetooth`; where BlueZ is missing, `sudo apt install bluez`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart the computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the Bluetooth Support Service (services.msc).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not in sight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the sensor on and move it to push it awake, bring it nearer, charge it. End other apps and phones that may hold it: a connected sensor is invisible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another app, phone or computer may hold the sensor: end it there, or switch the sensor off and on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the sensor asks to be paired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it in the system&apos;s Bluetooth settings and connect again; confirm the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it did not answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring it nearer and charge it; if it stays so, switch the sensor and Bluetooth off and on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again. Keep the computer in the same room and in front of the person; check the sensor&apos;s battery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not the kind of sensor that it was taken for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`toepoint scan` shows what each device is; choose another, or name its family.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no sensor that Toepoint knows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`toepoint sensors` lists the families. If it is one of them, name it: `family=…`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this sensor cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`toepoint sensors` lists those that can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it cannot stream like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`toepoint sensors` lists what each family can do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it could not be set up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the sensor off and on; if it stays so, set it up once with its maker&apos;s app (see its page in firmware_notes).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is connected but sends nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the sensor off and on; charge it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection cuts its messages short</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect again; if it stays so, use another Bluetooth adapter or a lower rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another device answers at this address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check which sensor you hold; if it was replaced, choose the sensors anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bluetooth failed in a way that is not known here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch Bluetooth off and on; `toepoint doctor` may tell more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shows when the above is mended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensors held by this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Toepoint takes them over. If another program still needs them, end it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conflicting programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none of the known ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End it if a sensor is not found or refuses the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete or move what is not needed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>The settings cannot be read, so the defaults hold. The file stays as it is until you change a setting. {trouble}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
