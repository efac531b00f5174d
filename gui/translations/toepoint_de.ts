<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AdherenceCard</name>
    <message>
        <source>Plan and done</source>
        <translation>Geplant und getan</translation>
    </message>
    <message>
        <source>Planned sessions a week</source>
        <translation>Geplante Sitzungen pro Woche</translation>
    </message>
    <message>
        <source>as the protocol says</source>
        <translation>wie im Protokoll</translation>
    </message>
    <message>
        <source>{count} a week</source>
        <translation>{count} pro Woche</translation>
    </message>
    <message>
        <source>No session yet</source>
        <translation>Noch keine Sitzung</translation>
    </message>
    <message>
        <source>Sessions: {percent} % of those planned, in {weeks} weeks that are over</source>
        <translation>Sitzungen: {percent} % der geplanten, in {weeks} vollen Wochen</translation>
    </message>
    <message>
        <source>The protocol names no sessions a week; choose your own above</source>
        <translation>Das Protokoll nennt keine Sitzungen pro Woche; wähle oben deine eigenen</translation>
    </message>
    <message>
        <source>Sessions: the first week is not over yet</source>
        <translation>Sitzungen: Die erste Woche ist noch nicht vorbei</translation>
    </message>
    <message>
        <source>Sets: {percent} % of those in the plans of the sessions</source>
        <translation>Sätze: {percent} % derer in den Plänen der Sitzungen</translation>
    </message>
    <message>
        <source>Sets: no session had a plan with a number of sets</source>
        <translation>Sätze: Keine Sitzung hatte einen Plan mit einer Zahl von Sätzen</translation>
    </message>
</context>
<context>
    <name>AnglePlots</name>
    <message>
        <source>Ankle</source>
        <translation>Sprunggelenk</translation>
    </message>
    <message>
        <source>Driving angle</source>
        <translation>Antriebswinkel</translation>
    </message>
    <message>
        <source>degrees · last {seconds} s</source>
        <translation>Grad · letzte {seconds} s</translation>
    </message>
    <message>
        <source>degrees from start</source>
        <translation>Grad ab Start</translation>
    </message>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>Knie</translation>
    </message>
    <message>
        <source>The angle appears here when the sensors stream</source>
        <translation>Hier erscheint der Winkel, sobald die Sensoren senden</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>Nothing is lost any more.</source>
        <translation>Kein Sensor fehlt mehr.</translation>
    </message>
    <message>
        <source>{seconds} seconds of rest left</source>
        <translation>noch {seconds} Sekunden Pause</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Rather not say · N</source>
        <translation>Keine Angabe · N</translation>
    </message>
    <message>
        <source>0–{most} · N</source>
        <translation>0–{most} · N</translation>
    </message>
    <message>
        <source>How sore are your hamstrings and calves?</source>
        <translation>Wie stark ist der Muskelkater in Beinen und Waden?</translation>
    </message>
    <message>
        <source>How many more reps would there have been?</source>
        <translation>Wie viele Wiederholungen wären noch gegangen?</translation>
    </message>
    <message>
        <source>How hard was the whole session?</source>
        <translation>Wie anstrengend war das ganze Training?</translation>
    </message>
    <message>
        <source>0 not at all, 10 extremely sore · a number key answers</source>
        <translation>0 gar nicht, 10 so stark wie möglich · eine Zifferntaste antwortet</translation>
    </message>
    <message>
        <source>of the last set · a number key answers</source>
        <translation>im letzten Satz · eine Zifferntaste antwortet</translation>
    </message>
    <message>
        <source>0 like rest, 10 as hard as possible · a number key answers</source>
        <translation>0 wie Ruhe, 10 so hart wie möglich · eine Zifferntaste antwortet</translation>
    </message>
</context>
<context>
    <name>AthleteRow</name>
    <message>
        <source>me</source>
        <translation>ich</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>trains now</source>
        <translation>trainiert gerade</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 Sitzung</translation>
    </message>
    <message>
        <source>{n} sessions</source>
        <translation>{n} Sitzungen</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>no session yet</source>
        <translation>noch keine Sitzung</translation>
    </message>
    <message>
        <source>another athlete records into the same folder</source>
        <translation>ein anderer Sportler zeichnet in denselben Ordner auf</translation>
    </message>
    <message>
        <source>Delete settings and goals for good?</source>
        <translation>Einstellungen und Ziele endgültig löschen?</translation>
    </message>
    <message>
        <source>Delete {n} sessions with all corrections, the goals and the settings for good?</source>
        <translation>{n} Sitzungen mit allen Korrekturen, die Ziele und die Einstellungen endgültig löschen?</translation>
    </message>
</context>
<context>
    <name>AthletesDialog</name>
    <message>
        <source>Athletes</source>
        <translation>Sportler</translation>
    </message>
    <message>
        <source>Alias of another athlete</source>
        <translation>Alias eines weiteren Sportlers</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Each athlete has sessions, goals, loads and a plan of their own. Sensors belong to all.</source>
        <translation>Jeder Sportler hat eigene Sitzungen, Ziele, Gewichte und einen eigenen Plan. Die Sensoren gehören allen.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>An alias has 1 to 40 letters, and nobody else has it.</source>
        <translation>Ein Alias hat 1 bis 40 Zeichen, und niemand sonst hat ihn.</translation>
    </message>
    <message>
        <source>{alias} was added.</source>
        <translation>{alias} ist hinzugefügt.</translation>
    </message>
    <message>
        <source>Write everything of this athlete into one file</source>
        <translation>Alles von diesem Sportler in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Archives (*.zip)</source>
        <translation>Archive (*.zip)</translation>
    </message>
    <message>
        <source>Everything of this athlete is in {path}</source>
        <translation>Alles von diesem Sportler steht in {path}</translation>
    </message>
    <message>
        <source>Everything of this athlete was deleted.</source>
        <translation>Alles von diesem Sportler ist gelöscht.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Verstanden</translation>
    </message>
</context>
<context>
    <name>CalibratePage</name>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>under a minute</source>
        <translation>unter einer Minute</translation>
    </message>
    <message>
        <source>Start · space</source>
        <translation>Start · Leertaste</translation>
    </message>
    <message>
        <source>Cancel · Esc</source>
        <translation>Abbrechen · Esc</translation>
    </message>
    <message>
        <source>Begin on the bench</source>
        <translation>Auf dem Tisch beginnen</translation>
    </message>
    <message>
        <source>Pose at</source>
        <translation>Haltung bei</translation>
    </message>
    <message>
        <source>Angle of the still pose</source>
        <translation>Winkel der Ruhehaltung</translation>
    </message>
    <message>
        <source>With a goniometer or the corner of a box, the zero does not depend on how you sit. Toes up is positive.</source>
        <translation>Mit einem Winkelmesser oder einer Kistenecke hängt die Null nicht davon ab, wie du sitzt. Zehen hoch zählt positiv.</translation>
    </message>
    <message>
        <source>Go to the sensors</source>
        <translation>Zu den Sensoren</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Sensors on the bench</source>
        <translation>Sensoren auf den Tisch</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>Still halten</translation>
    </message>
    <message>
        <source>Three ankle pumps</source>
        <translation>Dreimal mit dem Fuß pumpen</translation>
    </message>
    <message>
        <source>Two curls without load</source>
        <translation>Zwei Beugungen ohne Last</translation>
    </message>
    <message>
        <source>Two bends at the hips</source>
        <translation>Zweimal in der Hüfte beugen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Accept and train</source>
        <translation>Annehmen und trainieren</translation>
    </message>
    <message>
        <source>Accept and measure</source>
        <translation>Annehmen und messen</translation>
    </message>
    <message>
        <source>Calibrate again</source>
        <translation>Neu kalibrieren</translation>
    </message>
    <message>
        <source>Measure ranges</source>
        <translation>Beweglichkeit messen</translation>
    </message>
    <message>
        <source>Strapped on again · S</source>
        <translation>Neu angelegt · S</translation>
    </message>
    <message>
        <source>A strap was opened or moved: until a new calibration nothing is judged.</source>
        <translation>Ein Gurt wurde geöffnet oder verschoben: Bis zu einer neuen Kalibrierung wird nichts bewertet.</translation>
    </message>
    <message>
        <source>Swap {one} and {other} · X</source>
        <translation>{one} und {other} tauschen · X</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Angles and targets can be relied on.</source>
        <translation>Auf Winkel und Ziele ist Verlass.</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>Brauchbar</translation>
    </message>
    <message>
        <source>The targets are judged with care. Redo a step to improve it.</source>
        <translation>Die Ziele werden vorsichtig gewertet. Wiederhole einen Schritt, um es zu verbessern.</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>Nicht brauchbar</translation>
    </message>
    <message>
        <source>Only the angles are shown. Tighten the straps and calibrate again.</source>
        <translation>Nur die Winkel werden gezeigt. Zieh die Gurte fester und kalibriere neu.</translation>
    </message>
    <message>
        <source>Did not work</source>
        <translation>Hat nicht geklappt</translation>
    </message>
    <message>
        <source>Self-calibration</source>
        <translation>Selbstkalibrierung</translation>
    </message>
    <message>
        <source>No movement was marked as a calibration. The joint axes follow from the recording&apos;s own movement; the neutral pose remains a guess, so no rep is judged.</source>
        <translation>Keine Bewegung wurde als Kalibrierung markiert. Die Gelenkachsen folgen aus der Bewegung der Aufnahme selbst; die neutrale Haltung bleibt eine Vermutung. Deshalb wird keine Wiederholung gewertet.</translation>
    </message>
    <message>
        <source>Not calibrated</source>
        <translation>Nicht kalibriert</translation>
    </message>
    <message>
        <source>Until then no angle is shown and no rep is judged.</source>
        <translation>Bis dahin wird kein Winkel gezeigt und nichts gewertet.</translation>
    </message>
    <message>
        <source>The thigh&apos;s sensor shows the true angle of the knee.</source>
        <translation>Der Oberschenkel-Sensor zeigt den wahren Winkel des Knies.</translation>
    </message>
    <message>
        <source>{angle}° pointed</source>
        <translation>{angle}° gestreckt</translation>
    </message>
    <message>
        <source>{angle}° up</source>
        <translation>{angle}° hoch</translation>
    </message>
    <message>
        <source>Point your toes: I read {angle}</source>
        <translation>Streck die Zehen: Ich lese {angle}</translation>
    </message>
</context>
<context>
    <name>CardView</name>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>counted live</source>
        <translation>live gezählt</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>All {count} checks are fine</source>
        <translation>Alle {count} Prüfungen in Ordnung</translation>
    </message>
    <message>
        <source>{count} checks are fine</source>
        <translation>{count} Prüfungen in Ordnung</translation>
    </message>
    <message>
        <source>1 check is fine</source>
        <translation>1 Prüfung in Ordnung</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
</context>
<context>
    <name>CoachView</name>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>first</source>
        <translation>erster</translation>
    </message>
    <message>
        <source>second</source>
        <translation>zweiter</translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation>{name} wird gelesen …</translation>
    </message>
    <message>
        <source>It is read when this session is over.</source>
        <translation>Er wird gelesen, wenn diese Sitzung vorbei ist.</translation>
    </message>
    <message>
        <source>Choose a session and a set.</source>
        <translation>Wähle eine Sitzung und einen Satz.</translation>
    </message>
    <message>
        <source>Choose a second set: by a button, in the lists, or in the small pictures.</source>
        <translation>Wähle einen zweiten Satz: mit einer Taste, in den Listen oder in den kleinen Bildern.</translation>
    </message>
    <message>
        <source>These are two exercises: their angles are not the same.</source>
        <translation>Das sind zwei Übungen: Ihre Winkel sind nicht dieselben.</translation>
    </message>
    <message>
        <source>solid: {name}</source>
        <translation>durchgezogen: {name}</translation>
    </message>
    <message>
        <source>dotted: {name}</source>
        <translation>gepunktet: {name}</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>Set {number}</source>
        <translation>Satz {number}</translation>
    </message>
    <message>
        <source>Compare two sets</source>
        <translation>Zwei Sätze vergleichen</translation>
    </message>
    <message>
        <source>Session of the {word} set</source>
        <translation>Sitzung, Satz: {word}</translation>
    </message>
    <message>
        <source>The {word} set</source>
        <translation>Satz: {word}</translation>
    </message>
    <message>
        <source>the set before</source>
        <translation>der Satz davor</translation>
    </message>
    <message>
        <source>the other leg</source>
        <translation>das andere Bein</translation>
    </message>
    <message>
        <source>last time</source>
        <translation>letztes Mal</translation>
    </message>
    <message>
        <source>my best</source>
        <translation>mein bester</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Back to Review</source>
        <translation>Zurück zum Rückblick</translation>
    </message>
    <message>
        <source>All reps of both</source>
        <translation>Alle Wiederholungen beider</translation>
    </message>
    <message>
        <source>In numbers</source>
        <translation>In Zahlen</translation>
    </message>
    <message>
        <source>“Chance” means: single reps vary so much that a difference this small proves nothing.</source>
        <translation>„Zufall“ heißt: Einzelne Wiederholungen schwanken so sehr, dass ein so kleiner Unterschied nichts beweist.</translation>
    </message>
    <message>
        <source>All sets of these sessions</source>
        <translation>Alle Sätze dieser Sitzungen</translation>
    </message>
</context>
<context>
    <name>DifferenceTable</name>
    <message>
        <source>difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>reps</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>good reps</source>
        <translation>gute</translation>
    </message>
    <message>
        <source>lowering, mean</source>
        <translation>Senken, Mittel</translation>
    </message>
    <message>
        <source>lift, mean</source>
        <translation>Heben, Mittel</translation>
    </message>
    <message>
        <source>toes while lifting</source>
        <translation>Zehen beim Heben</translation>
    </message>
    <message>
        <source>toes while lowering</source>
        <translation>Zehen beim Senken</translation>
    </message>
    <message>
        <source>range</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>pointed lowering, all</source>
        <translation>gestreckt gesenkt, gesamt</translation>
    </message>
    <message>
        <source>control loss</source>
        <translation>Kontrollverlust</translation>
    </message>
    <message>
        <source>{angle}° up</source>
        <translation>{angle}° hoch</translation>
    </message>
    <message>
        <source>{angle}° pointed</source>
        <translation>{angle}° gestreckt</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>{size} more up</source>
        <translation>{size} mehr hoch</translation>
    </message>
    <message>
        <source>{size} more pointed</source>
        <translation>{size} mehr gestreckt</translation>
    </message>
    <message>
        <source>{size} more</source>
        <translation>{size} mehr</translation>
    </message>
    <message>
        <source>{size} less</source>
        <translation>{size} weniger</translation>
    </message>
    <message>
        <source>{change} · chance</source>
        <translation>{change} · Zufall</translation>
    </message>
</context>
<context>
    <name>DoseCard</name>
    <message>
        <source>Lowering dose and soreness</source>
        <translation>Senkdosis und Muskelkater</translation>
    </message>
    <message>
        <source>Bars: {unit} a week. Diamonds: soreness at the next session.</source>
        <translation>Balken: {unit} pro Woche. Rauten: Muskelkater bei der nächsten Sitzung.</translation>
    </message>
    <message>
        <source>No session yet</source>
        <translation>Noch keine Sitzung</translation>
    </message>
    <message>
        <source>Dose of the last whole week</source>
        <translation>Dosis der letzten vollen Woche</translation>
    </message>
    <message>
        <source>No soreness was reported</source>
        <translation>Es wurde kein Muskelkater angegeben</translation>
    </message>
    <message>
        <source>Side by side only: many things make sore</source>
        <translation>Nur nebeneinander gezeigt: Muskelkater hat viele Ursachen</translation>
    </message>
    <message>
        <source>{count} sets without a load are not in the dose</source>
        <translation>{count} Sätze ohne Last fehlen in der Dosis</translation>
    </message>
</context>
<context>
    <name>DosePlot</name>
    <message>
        <source>Lowering dose and soreness of each week</source>
        <translation>Senkdosis und Muskelkater jeder Woche</translation>
    </message>
    <message>
        <source>soreness {value}</source>
        <translation>Muskelkater {value}</translation>
    </message>
</context>
<context>
    <name>EditButton</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Correct a rep or a set; the recording itself never changes</source>
        <translation>Eine Wiederholung oder einen Satz berichtigen; die Aufnahme selbst ändert sich nie</translation>
    </message>
    <message>
        <source>Count this partial rep</source>
        <translation>Diese halbe Wiederholung zählen</translation>
    </message>
    <message>
        <source>Change the load…</source>
        <translation>Last ändern …</translation>
    </message>
    <message>
        <source>Change the kind of set</source>
        <translation>Art des Satzes ändern</translation>
    </message>
    <message>
        <source>toes up (DF)</source>
        <translation>Zehen hoch (DF)</translation>
    </message>
    <message>
        <source>toes pointed (PF)</source>
        <translation>Zehen gestreckt (PF)</translation>
    </message>
    <message>
        <source>up to lift, pointed to lower (B)</source>
        <translation>hoch beim Heben, gestreckt beim Senken (B)</translation>
    </message>
    <message>
        <source>lift with both legs, lower with one (B2)</source>
        <translation>mit beiden Beinen heben, mit einem senken (B2)</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>Judge by other bands</source>
        <translation>Nach anderen Bereichen bewerten</translation>
    </message>
    <message>
        <source>relaxed</source>
        <translation>locker</translation>
    </message>
    <message>
        <source>standard</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>strict</source>
        <translation>streng</translation>
    </message>
    <message>
        <source>Judge by other limits…</source>
        <translation>Nach anderen Grenzen werten …</translation>
    </message>
    <message>
        <source>Begin a new set after this rep</source>
        <translation>Nach dieser Wiederholung einen neuen Satz beginnen</translation>
    </message>
    <message>
        <source>Join with the next set</source>
        <translation>Mit dem nächsten Satz verbinden</translation>
    </message>
    <message>
        <source>Delete this set</source>
        <translation>Diesen Satz löschen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Delete this session…</source>
        <translation>Diese Sitzung löschen …</translation>
    </message>
    <message>
        <source>Delete rep {number}</source>
        <translation>Wiederholung {number} löschen</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Load of this set in {unit}</source>
        <translation>Last dieses Satzes in {unit}</translation>
    </message>
</context>
<context>
    <name>EmptyCard</name>
    <message>
        <source>To the next session</source>
        <translation>Zur nächsten Sitzung</translation>
    </message>
</context>
<context>
    <name>EndPage</name>
    <message>
        <source>No session yet</source>
        <translation>Noch keine Sitzung</translation>
    </message>
    <message>
        <source>After a training the card of its session stands here.</source>
        <translation>Nach einem Training steht hier die Karte der Sitzung.</translation>
    </message>
    <message>
        <source>The curves of the sets come with the final numbers.</source>
        <translation>Die Kurven der Sätze kommen mit den endgültigen Zahlen.</translation>
    </message>
    <message>
        <source>Counted live. The final numbers come when the session is closed.</source>
        <translation>Live gezählt. Die endgültigen Zahlen kommen, wenn die Sitzung geschlossen ist.</translation>
    </message>
    <message>
        <source>Counted live. The final numbers are being computed: {percent} %</source>
        <translation>Live gezählt. Die endgültigen Zahlen werden berechnet: {percent} %</translation>
    </message>
    <message>
        <source>The end of a session</source>
        <translation>Das Ende einer Sitzung</translation>
    </message>
</context>
<context>
    <name>ExportButton</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Angles (CSV)…</source>
        <translation>Winkel (CSV) …</translation>
    </message>
    <message>
        <source>Report (HTML)…</source>
        <translation>Bericht (HTML) …</translation>
    </message>
    <message>
        <source>Measured ranges (CSV)…</source>
        <translation>Gemessene Beweglichkeit (CSV)…</translation>
    </message>
    <message>
        <source>Card: a picture to share, a page to print…</source>
        <translation>Karte: ein Bild zum Teilen, ein Blatt zum Drucken …</translation>
    </message>
    <message>
        <source>Write the angles or a report (Ctrl+E)</source>
        <translation>Winkel oder einen Bericht schreiben (Strg+E)</translation>
    </message>
    <message>
        <source>Write the angles</source>
        <translation>Winkel schreiben</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Write the measured ranges</source>
        <translation>Gemessene Beweglichkeit schreiben</translation>
    </message>
    <message>
        <source>Write a report into a new folder</source>
        <translation>Einen Bericht in einen neuen Ordner schreiben</translation>
    </message>
</context>
<context>
    <name>ExtraWindow</name>
    <message>
        <source>Toepoint far view</source>
        <translation>Toepoint von Weitem</translation>
    </message>
    <message>
        <source>Toepoint for the coach</source>
        <translation>Toepoint für den Trainer</translation>
    </message>
</context>
<context>
    <name>FarView</name>
    <message>
        <source>Far view</source>
        <translation>Von Weitem</translation>
    </message>
</context>
<context>
    <name>FigureWidget</name>
    <message>
        <source>Leg</source>
        <translation>Bein</translation>
    </message>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>toes pointed</source>
        <translation>Zehen gestreckt</translation>
    </message>
    <message>
        <source>curl</source>
        <translation>Beugung</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>Knie</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Toes where they should be, every rep</source>
        <translation>Die Zehen, wo sie hingehören: bei jeder Wiederholung</translation>
    </message>
    <message>
        <source>Two motion sensors, one on the shin and one on the foot, show and tell you during leg curls whether your toes point when they should and whether you lower slowly enough. Heel raises and other exercises are chosen on Home.</source>
        <translation>Zwei Bewegungssensoren, einer am Schienbein und einer am Fuß, zeigen und sagen dir beim Beinbeugen, ob deine Zehen gestreckt sind, wenn sie es sein sollen, und ob du langsam genug senkst. Wadenheben und andere Übungen stehen unter „Start“ zur Wahl.</translation>
    </message>
    <message>
        <source>Connect my sensors</source>
        <translation>Meine Sensoren verbinden</translation>
    </message>
    <message>
        <source>Try it without sensors</source>
        <translation>Ohne Sensoren ausprobieren</translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation>Bevor du beginnst</translation>
    </message>
    <message>
        <source>Toepoint is a training aid, not a medical device. It measures; it does not diagnose or treat.</source>
        <translation>Toepoint ist eine Trainingshilfe, kein Medizinprodukt. Es misst; es stellt keine Diagnose und behandelt nicht.</translation>
    </message>
    <message>
        <source>Stop when something hurts or cramps. No cue asks you to go on.</source>
        <translation>Hör auf, wenn etwas schmerzt oder krampft. Kein Hinweis verlangt, dass du weitermachst.</translation>
    </message>
    <message>
        <source>With an acute injury of hamstring, calf or Achilles tendon, do not train heavy lowering unless a clinician told you to.</source>
        <translation>Mit einer akuten Verletzung von Beinbeuger, Wade oder Achillessehne trainiere kein schweres Senken, es sei denn, eine Fachperson hat es dir geraten.</translation>
    </message>
    <message>
        <source>Your data stay in this folder. There is no account, and nothing is sent:</source>
        <translation>Deine Daten bleiben in diesem Ordner. Es gibt kein Konto, und nichts wird gesendet:</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
</context>
<context>
    <name>FolderButton</name>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>GoalCard</name>
    <message>
        <source>Goal</source>
        <translation>Fernziel</translation>
    </message>
    <message>
        <source>None is set, for example 80 % good reps at 45 kg, lowered in 4 s.</source>
        <translation>Es ist keines gesetzt, zum Beispiel 80 % gute Wiederholungen mit 45 kg, in 4 s gesenkt.</translation>
    </message>
    <message>
        <source>Set one</source>
        <translation>Eines setzen</translation>
    </message>
    <message>
        <source>All goals</source>
        <translation>Alle Fernziele</translation>
    </message>
</context>
<context>
    <name>GoalDialog</name>
    <message>
        <source>Goal</source>
        <translation>Fernziel</translation>
    </message>
    <message>
        <source>either leg</source>
        <translation>beide einzeln</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Kind of set</source>
        <translation>Art des Satzes</translation>
    </message>
    <message>
        <source>Leg</source>
        <translation>Bein</translation>
    </message>
    <message>
        <source>Good reps, at least</source>
        <translation>Gute Wdh., mindestens</translation>
    </message>
    <message>
        <source>Load, at least</source>
        <translation>Last, mindestens</translation>
    </message>
    <message>
        <source>Mean lowering, at least</source>
        <translation>Mittleres Senken, mindestens</translation>
    </message>
    <message>
        <source>Progress is counted in the sessions of the last eight weeks.</source>
        <translation>Der Fortschritt wird in den Sitzungen der letzten acht Wochen gezählt.</translation>
    </message>
</context>
<context>
    <name>GoalParts</name>
    <message>
        <source>load {value} of {goal} {unit}</source>
        <translation>Last {value} von {goal} {unit}</translation>
    </message>
    <message>
        <source>good {value} of {goal} %</source>
        <translation>gut {value} von {goal} %</translation>
    </message>
    <message>
        <source>lowered {value} of {goal} s</source>
        <translation>gesenkt {value} von {goal} s</translation>
    </message>
</context>
<context>
    <name>GoalsCard</name>
    <message>
        <source>Goals</source>
        <translation>Fernziele</translation>
    </message>
    <message>
        <source>New goal…</source>
        <translation>Neues Fernziel…</translation>
    </message>
    <message>
        <source>No goal is set, for example 80 % good reps at 45 kg, lowered in 4 s.</source>
        <translation>Es ist kein Fernziel gesetzt, zum Beispiel 80 % gute Wdh. mit 45 kg, in 4 s gesenkt.</translation>
    </message>
    <message>
        <source>{percent} % good</source>
        <translation>{percent} % gut</translation>
    </message>
    <message>
        <source>at {load}</source>
        <translation>mit {load}</translation>
    </message>
    <message>
        <source>{seconds} s down</source>
        <translation>{seconds} s Senken</translation>
    </message>
    <message>
        <source>Reached in {count} of the sessions of eight weeks</source>
        <translation>Erreicht in {count} der Sitzungen von acht Wochen</translation>
    </message>
    <message>
        <source>What limits it: {limit}</source>
        <translation>Was noch fehlt: {limit}</translation>
    </message>
    <message>
        <source>Good reps near this load: too early to tell, {count} of {needed} sessions</source>
        <translation>Gute Wdh. nahe dieser Last: noch zu früh zu sagen, {count} von {needed} Sitzungen</translation>
    </message>
    <message>
        <source>Good reps near this load: no real change</source>
        <translation>Gute Wdh. nahe dieser Last: keine echte Änderung</translation>
    </message>
    <message>
        <source>Good reps near this load: more than before</source>
        <translation>Gute Wdh. nahe dieser Last: mehr als davor</translation>
    </message>
    <message>
        <source>Good reps near this load: less than before</source>
        <translation>Gute Wdh. nahe dieser Last: weniger als davor</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
</context>
<context>
    <name>HeightPlot</name>
    <message>
        <source>Height over the time of each rep</source>
        <translation>Höhe über der Zeit jeder Wiederholung</translation>
    </message>
    <message>
        <source>asked: {seconds} s down</source>
        <translation>Vorgabe: {seconds} s runter</translation>
    </message>
    <message>
        <source>{seconds} s of the lowering · height {angle}°</source>
        <translation>{seconds} s im Absenken · Höhe {angle}°</translation>
    </message>
    <message>
        <source>0 s: the lowering begins</source>
        <translation>0 s: das Senken beginnt</translation>
    </message>
    <message>
        <source>{seconds} s before the lowering · height {angle}°</source>
        <translation>{seconds} s vor dem Absenken · Höhe {angle}°</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Protocol {name}</source>
        <translation>Protokoll {name}</translation>
    </message>
    <message>
        <source>Nothing to show yet</source>
        <translation>Noch nichts zu zeigen</translation>
    </message>
    <message>
        <source>Every session that you record adds a point here. There is none in this selection.</source>
        <translation>Jede Sitzung, die du aufnimmst, wird hier ein Punkt. In dieser Auswahl gibt es keine.</translation>
    </message>
    <message>
        <source>How far back</source>
        <translation>Wie weit zurück</translation>
    </message>
    <message>
        <source>8 weeks</source>
        <translation>8 Wochen</translation>
    </message>
    <message>
        <source>6 months</source>
        <translation>6 Monate</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>all protocols</source>
        <translation>alle Protokolle</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Goals and plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Ranges</source>
        <translation>Beweglichkeit</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>simulated sessions too</source>
        <translation>auch simulierte</translation>
    </message>
    <message>
        <source>The last {weeks} weeks</source>
        <translation>Die letzten {weeks} Wochen</translation>
    </message>
    <message>
        <source>Pointed lowering a session</source>
        <translation>Gestrecktes Senken je Sitzung</translation>
    </message>
    <message>
        <source>Height × reps, best set of a session</source>
        <translation>Höhe × Wdh., bester Satz einer Sitzung</translation>
    </message>
    <message>
        <source>Best height of a session</source>
        <translation>Größte Höhe einer Sitzung</translation>
    </message>
    <message>
        <source>Good reps a session</source>
        <translation>Gute Wiederholungen je Sitzung</translation>
    </message>
    <message>
        <source>Heaviest load a session</source>
        <translation>Schwerste Last je Sitzung</translation>
    </message>
    <message>
        <source>Effort × minutes a session</source>
        <translation>Anstrengung × Minuten je Sitzung</translation>
    </message>
    <message>
        <source>Sets a week</source>
        <translation>Sätze je Woche</translation>
    </message>
    <message>
        <source>all together</source>
        <translation>alle zusammen</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Go on training</source>
        <translation>Weitertrainieren</translation>
    </message>
    <message>
        <source>Go on measuring</source>
        <translation>Weiter messen</translation>
    </message>
    <message>
        <source>The sensors connect; then comes a minute of calibration.</source>
        <translation>Die Sensoren verbinden sich; dann folgt eine Minute Kalibrierung.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Connect {count} sensors, calibrate for a minute, and train.</source>
        <translation>{count} Sensoren verbinden, eine Minute kalibrieren und trainieren.</translation>
    </message>
    <message>
        <source>Connect {count} sensors, calibrate for a minute, and measure.</source>
        <translation>{count} Sensoren verbinden, eine Minute kalibrieren und messen.</translation>
    </message>
    <message>
        <source>Connect my sensors</source>
        <translation>Meine Sensoren verbinden</translation>
    </message>
    <message>
        <source>last time today</source>
        <translation>zuletzt heute</translation>
    </message>
    <message>
        <source>last time yesterday</source>
        <translation>zuletzt gestern</translation>
    </message>
    <message>
        <source>last time {days} days ago</source>
        <translation>zuletzt vor {days} Tagen</translation>
    </message>
</context>
<context>
    <name>JoltStrip</name>
    <message>
        <source>Jolts of the leg</source>
        <translation>Stöße des Beins</translation>
    </message>
    <message>
        <source>Drag it until a jolt meets its picture, or click the dot of the jolt in view</source>
        <translation>Ziehen, bis ein Stoß zu seinem Bild passt, oder den Punkt des Stoßes anklicken, der zu sehen ist</translation>
    </message>
    <message>
        <source>Looking for jolts …</source>
        <translation>Stöße werden gesucht …</translation>
    </message>
</context>
<context>
    <name>LastCard</name>
    <message>
        <source>Last session</source>
        <translation>Letzte Sitzung</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Rückblick</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Session card</source>
        <translation>Karte der Sitzung</translation>
    </message>
    <message>
        <source>After your first session its numbers stand here.</source>
        <translation>Nach der ersten Sitzung stehen hier ihre Zahlen.</translation>
    </message>
    <message>
        <source>1 set</source>
        <translation>1 Satz</translation>
    </message>
    <message>
        <source>{count} sets</source>
        <translation>{count} Sätze</translation>
    </message>
    <message>
        <source>good reps</source>
        <translation>gute Wdh.</translation>
    </message>
    <message>
        <source>reps</source>
        <translation>Wdh.</translation>
    </message>
    <message>
        <source>pointed lowering</source>
        <translation>gestreckt gesenkt</translation>
    </message>
    <message>
        <source>heaviest load</source>
        <translation>größte Last</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Opening {name} …</source>
        <translation>Öffne {name} …</translation>
    </message>
    <message>
        <source>Looking for your sessions …</source>
        <translation>Suche deine Sitzungen …</translation>
    </message>
    <message>
        <source>{count} sessions show numbers of an older version; they are renewed</source>
        <translation>{count} Sitzungen zeigen Werte einer älteren Version; sie werden erneuert</translation>
    </message>
    <message>
        <source>{count} sessions are read when this session is over</source>
        <translation>{count} Sitzungen werden gelesen, wenn diese vorbei ist</translation>
    </message>
    <message>
        <source>Reading your sessions: {count} left</source>
        <translation>Lese deine Sitzungen: noch {count}</translation>
    </message>
</context>
<context>
    <name>LimitsDialog</name>
    <message>
        <source>Limits of the verdicts</source>
        <translation>Grenzen der Wertung</translation>
    </message>
    <message>
        <source>Toes up, share of the own range</source>
        <translation>Zehen hoch, Anteil am eigenen Bereich</translation>
    </message>
    <message>
        <source>Toes pointed, share of the own range</source>
        <translation>Zehen gestreckt, Anteil am eigenen Bereich</translation>
    </message>
    <message>
        <source>Good: toes there, share of the time</source>
        <translation>Gut: Zehen am Ziel, Anteil der Zeit</translation>
    </message>
    <message>
        <source>Good: lowering shorter than its target by</source>
        <translation>Gut: Senken kürzer als das Ziel um</translation>
    </message>
    <message>
        <source>Good: lowering longer than its target by</source>
        <translation>Gut: Senken länger als das Ziel um</translation>
    </message>
    <message>
        <source>Too fast: below this share of the target</source>
        <translation>Zu schnell: unter diesem Anteil des Ziels</translation>
    </message>
    <message>
        <source>All verdicts of the session are computed again. Undo restores the old ones.</source>
        <translation>Die ganze Sitzung wird neu gewertet. Rückgängig bringt die alten Wertungen zurück.</translation>
    </message>
</context>
<context>
    <name>LoopPlot</name>
    <message>
        <source>Ankle against curl</source>
        <translation>Sprunggelenk gegen Beugung</translation>
    </message>
    <message>
        <source>toes up while lifting →</source>
        <translation>Zehen hoch beim Heben →</translation>
    </message>
    <message>
        <source>pointed while lifting →</source>
        <translation>gestreckt beim Heben →</translation>
    </message>
    <message>
        <source>← toes up while lowering</source>
        <translation>← Zehen hoch beim Senken</translation>
    </message>
    <message>
        <source>toes up all the way</source>
        <translation>Zehen durchweg hoch</translation>
    </message>
    <message>
        <source>pointed all the way</source>
        <translation>durchweg gestreckt</translation>
    </message>
    <message>
        <source>← pointed while lowering</source>
        <translation>← gestreckt beim Senken</translation>
    </message>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
    <message>
        <source>curl {percent} % · {angle}° {way}</source>
        <translation>Beugung {percent} % · {angle}° {way}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>Sensoren</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Rückblick</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Ranges</source>
        <translation>Beweglichkeit</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Session card</source>
        <translation>Karte der Sitzung</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>The settings cannot be read, so the defaults apply. The file stays untouched until you change a setting. {trouble}</source>
        <translation>Die Einstellungen sind nicht lesbar, deshalb gelten die Vorgaben. Die Datei bleibt, wie sie ist, bis du eine Einstellung änderst. {trouble}</translation>
    </message>
    <message>
        <source>Another Toepoint is open (process {process}) and uses the same recordings in {folder}. Close one of the two: settings and edits of one are not seen by the other.</source>
        <translation>Ein anderes Toepoint ist offen (Prozess {process}) und benutzt dieselben Aufnahmen in {folder}. Schließe eines von beiden: Das eine sieht die Einstellungen und Korrekturen des anderen nicht.</translation>
    </message>
</context>
<context>
    <name>MuteButton</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Sound is on (Ctrl+M)</source>
        <translation>Der Ton ist an (Strg+M)</translation>
    </message>
    <message>
        <source>Sound is off (Ctrl+M)</source>
        <translation>Der Ton ist aus (Strg+M)</translation>
    </message>
</context>
<context>
    <name>NextCard</name>
    <message>
        <source>Athlete</source>
        <translation>Sportler</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Change the plan</source>
        <translation>Plan ändern</translation>
    </message>
    <message>
        <source>Try it without sensors</source>
        <translation>Ohne Sensoren ausprobieren</translation>
    </message>
    <message>
        <source>Measure: {plan}</source>
        <translation>Messen: {plan}</translation>
    </message>
    <message>
        <source>Your first session: {plan}</source>
        <translation>Deine erste Sitzung: {plan}</translation>
    </message>
    <message>
        <source>Continue: {plan}</source>
        <translation>Weiter: {plan}</translation>
    </message>
    <message>
        <source>me</source>
        <translation>ich</translation>
    </message>
    <message>
        <source>Athletes…</source>
        <translation>Sportler…</translation>
    </message>
    <message>
        <source>{act} · Enter</source>
        <translation>{act} · Enter</translation>
    </message>
    <message>
        <source>Week {week}</source>
        <translation>Woche {week}</translation>
    </message>
    <message>
        <source>Week {week} of {weeks}</source>
        <translation>Woche {week} von {weeks}</translation>
    </message>
    <message>
        <source>session {number}</source>
        <translation>Sitzung {number}</translation>
    </message>
    <message>
        <source>left leg</source>
        <translation>linkes Bein</translation>
    </message>
    <message>
        <source>right leg</source>
        <translation>rechtes Bein</translation>
    </message>
    <message>
        <source>measures</source>
        <translation>Messungen</translation>
    </message>
    <message>
        <source>trials each</source>
        <translation>Versuche je Messung</translation>
    </message>
    <message>
        <source>max</source>
        <translation>max.</translation>
    </message>
    <message>
        <source>reps a set</source>
        <translation>Wdh. pro Satz</translation>
    </message>
    <message>
        <source>sets × reps</source>
        <translation>Sätze × Wdh.</translation>
    </message>
    <message>
        <source>plates</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>rest</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>about</source>
        <translation>etwa</translation>
    </message>
</context>
<context>
    <name>NextSetCard</name>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Less load</source>
        <translation>Weniger Last</translation>
    </message>
    <message>
        <source>More load</source>
        <translation>Mehr Last</translation>
    </message>
    <message>
        <source>reps</source>
        <translation>Wdh.</translation>
    </message>
    <message>
        <source>Fewer reps</source>
        <translation>Weniger Wiederholungen</translation>
    </message>
    <message>
        <source>More reps</source>
        <translation>Mehr Wiederholungen</translation>
    </message>
    <message>
        <source>down</source>
        <translation>ab</translation>
    </message>
    <message>
        <source>Shorter lowering</source>
        <translation>Kürzer absenken</translation>
    </message>
    <message>
        <source>Longer lowering</source>
        <translation>Länger absenken</translation>
    </message>
    <message>
        <source>Start set · space</source>
        <translation>Start · Leertaste</translation>
    </message>
    <message>
        <source>End here · Q</source>
        <translation>Hier beenden · Q</translation>
    </message>
</context>
<context>
    <name>NoSetCard</name>
    <message>
        <source>There is no set in this recording</source>
        <translation>In dieser Aufnahme ist kein Satz</translation>
    </message>
    <message>
        <source>Nothing in it was marked as a set, and no movement in it looks like one.</source>
        <translation>Nichts darin wurde als Satz markiert, und keine Bewegung darin sieht wie einer aus.</translation>
    </message>
    <message>
        <source>Measured ranges</source>
        <translation>Gemessene Beweglichkeit</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>trials</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>none held</source>
        <translation>keiner gehalten</translation>
    </message>
</context>
<context>
    <name>NotesPanel</name>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>A click goes to its moment; F2 or a double click changes it, Del takes it away</source>
        <translation>Ein Klick führt zu ihrem Moment; F2 oder ein Doppelklick ändert sie, Entf nimmt sie weg</translation>
    </message>
    <message>
        <source>Note at this moment</source>
        <translation>Notiz zu diesem Moment</translation>
    </message>
    <message>
        <source>cramp</source>
        <translation>Krampf</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>markiert</translation>
    </message>
</context>
<context>
    <name>NoticeWords</name>
    <message>
        <source>marked at {time}</source>
        <translation>markiert bei {time}</translation>
    </message>
    <message>
        <source>load {load}</source>
        <translation>Last {load}</translation>
    </message>
    <message>
        <source>new zero: waits for the rest · Z cancels</source>
        <translation>neuer Nullpunkt: wartet auf die Pause · Z bricht ab</translation>
    </message>
    <message>
        <source>no new zero</source>
        <translation>kein neuer Nullpunkt</translation>
    </message>
    <message>
        <source>new zero taken</source>
        <translation>neuer Nullpunkt gilt</translation>
    </message>
    <message>
        <source>no new zero: the pose was not still or not neutral</source>
        <translation>kein neuer Nullpunkt: die Haltung war nicht ruhig oder nicht neutral</translation>
    </message>
    <message>
        <source>noted: no answer</source>
        <translation>notiert: keine Angabe</translation>
    </message>
    <message>
        <source>noted: soreness {value} of 10</source>
        <translation>notiert: Muskelkater {value} von 10</translation>
    </message>
    <message>
        <source>noted: {value} more possible</source>
        <translation>notiert: {value} weitere möglich</translation>
    </message>
    <message>
        <source>noted: effort {value} of 10</source>
        <translation>notiert: Anstrengung {value} von 10</translation>
    </message>
</context>
<context>
    <name>OwnWeeksCard</name>
    <message>
        <source>Your own weeks</source>
        <translation>Deine eigenen Wochen</translation>
    </message>
    <message>
        <source>No set with reps yet.</source>
        <translation>Noch kein Satz mit Wdh.</translation>
    </message>
    <message>
        <source>Aim at the last weeks</source>
        <translation>Letzte Wochen als Vorgabe</translation>
    </message>
    <message>
        <source>Aim at the best week</source>
        <translation>Beste Woche als Vorgabe</translation>
    </message>
    <message>
        <source>No aim</source>
        <translation>Keine Vorgabe</translation>
    </message>
    <message>
        <source>last {weeks} weeks</source>
        <translation>letzte {weeks} Wochen</translation>
    </message>
    <message>
        <source>best week {day}</source>
        <translation>beste Woche {day}</translation>
    </message>
    <message>
        <source>best week</source>
        <translation>beste Woche</translation>
    </message>
    <message>
        <source>in the plan</source>
        <translation>im Plan</translation>
    </message>
    <message>
        <source>lowering</source>
        <translation>Senken</translation>
    </message>
    <message>
        <source>range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>good reps</source>
        <translation>gute Wdh.</translation>
    </message>
</context>
<context>
    <name>PhasePanel</name>
    <message>
        <source>Phase and ankle</source>
        <translation>Phase und Sprunggelenk</translation>
    </message>
</context>
<context>
    <name>PictureCard</name>
    <message>
        <source>The set just done</source>
        <translation>Der Satz eben</translation>
    </message>
    <message>
        <source>no angles of it</source>
        <translation>keine Winkel</translation>
    </message>
    <message>
        <source>height over time, all reps</source>
        <translation>Höhe über der Zeit, alle Wdh.</translation>
    </message>
    <message>
        <source>{angle} over time, all reps</source>
        <translation>{angle} über der Zeit, alle Wdh.</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>Knie</translation>
    </message>
    <message>
        <source>ankle against {angle}, all reps</source>
        <translation>Fußwinkel gegen {angle}, alle Wdh.</translation>
    </message>
</context>
<context>
    <name>PlacePanel</name>
    <message>
        <source>no sensor chosen</source>
        <translation>kein Sensor gewählt</translation>
    </message>
    <message>
        <source>{arriving} of {asked} samples a second arrive</source>
        <translation>{arriving} von {asked} Werten je Sekunde kommen an</translation>
    </message>
    <message>
        <source>Switch the sensor off and on, or come nearer, then connect it again.</source>
        <translation>Schalte den Sensor aus und ein oder geh näher heran, dann verbinde ihn neu.</translation>
    </message>
    <message>
        <source>looking for it</source>
        <translation>wird gesucht</translation>
    </message>
    <message>
        <source>no data right now</source>
        <translation>gerade keine Daten</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>neuer Versuch</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>{percent} % lost</source>
        <translation>{percent} % verloren</translation>
    </message>
</context>
<context>
    <name>PlanBars</name>
    <message>
        <source>Sessions a week, done and planned</source>
        <translation>Sitzungen pro Woche, getan und geplant</translation>
    </message>
</context>
<context>
    <name>PlanCard</name>
    <message>
        <source>Today&apos;s plan</source>
        <translation>Plan für heute</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>Leg</source>
        <translation>Bein</translation>
    </message>
    <message>
        <source>Toes</source>
        <translation>Zehen</translation>
    </message>
    <message>
        <source>Reps</source>
        <translation>Wdh.</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>+ Add a set</source>
        <translation>+ Satz anfügen</translation>
    </message>
    <message>
        <source>− One set less</source>
        <translation>− Ein Satz weniger</translation>
    </message>
    <message>
        <source>Undo the changes</source>
        <translation>Änderungen zurücknehmen</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Every set</source>
        <translation>Jeder Satz</translation>
    </message>
    <message>
        <source>repeated until you stop</source>
        <translation>wiederholt, bis du aufhörst</translation>
    </message>
    <message>
        <source>1 set</source>
        <translation>1 Satz</translation>
    </message>
    <message>
        <source>{sets} sets</source>
        <translation>{sets} Sätze</translation>
    </message>
    <message>
        <source>{reps} reps</source>
        <translation>{reps} Wdh.</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>etwa {minutes} min</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>Back to Train</source>
        <translation>Zurück zum Training</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{name}, yours</source>
        <translation>{name}, deins</translation>
    </message>
    <message>
        <source>A recording is shown as it was planned.</source>
        <translation>Eine Aufnahme wird gezeigt, wie sie geplant war.</translation>
    </message>
    <message>
        <source>Changed for this session. Save it to keep it.</source>
        <translation>Für diese Sitzung geändert. Speichere es, um es zu behalten.</translation>
    </message>
    <message>
        <source>Changed until {day}. Save it to keep it.</source>
        <translation>Bis {day} geändert. Speichere es, um es zu behalten.</translation>
    </message>
    <message>
        <source>Changed for today. Save it to keep it.</source>
        <translation>Für heute geändert. Speichere es, um es zu behalten.</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
</context>
<context>
    <name>PlanSetCard</name>
    <message>
        <source>Reps</source>
        <translation>Wdh.</translation>
    </message>
    <message>
        <source>Fewer reps</source>
        <translation>weniger Wdh.</translation>
    </message>
    <message>
        <source>More reps</source>
        <translation>mehr Wdh.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Less load</source>
        <translation>weniger Last</translation>
    </message>
    <message>
        <source>More load</source>
        <translation>mehr Last</translation>
    </message>
    <message>
        <source>Rest after it</source>
        <translation>Pause danach</translation>
    </message>
    <message>
        <source>Shorter rest</source>
        <translation>kürzere Pause</translation>
    </message>
    <message>
        <source>Longer rest</source>
        <translation>längere Pause</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Senken</translation>
    </message>
    <message>
        <source>Pause below</source>
        <translation>Halten unten</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Heben</translation>
    </message>
    <message>
        <source>Pause at the top</source>
        <translation>Halten oben</translation>
    </message>
    <message>
        <source>{what}: shorter</source>
        <translation>{what}: kürzer</translation>
    </message>
    <message>
        <source>{what}: longer</source>
        <translation>{what}: länger</translation>
    </message>
    <message>
        <source>Without a tempo</source>
        <translation>Ohne Tempo</translation>
    </message>
    <message>
        <source>Copy this set</source>
        <translation>Satz kopieren</translation>
    </message>
    <message>
        <source>Remove this set</source>
        <translation>Satz entfernen</translation>
    </message>
    <message>
        <source>Toes</source>
        <translation>Zehen</translation>
    </message>
    <message>
        <source>Every set</source>
        <translation>Jeder Satz</translation>
    </message>
    <message>
        <source>Set {n}</source>
        <translation>Satz {n}</translation>
    </message>
    <message>
        <source>This set is done. Its rest still runs and can be changed.</source>
        <translation>Dieser Satz ist fertig. Seine Pause läuft noch und kann geändert werden.</translation>
    </message>
    <message>
        <source>What is done stays as it is.</source>
        <translation>Was fertig ist, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>The load follows that of the set with the toes up.</source>
        <translation>Die Last folgt der des Satzes mit hochgezogenen Zehen.</translation>
    </message>
    <message>
        <source>No tempo is asked; + asks for one.</source>
        <translation>Kein Tempo ist verlangt; + verlangt eines.</translation>
    </message>
    <message>
        <source>The load is yours: it is remembered, and no part of a saved plan.</source>
        <translation>Die Last gehört dir: sie wird behalten und steht in keinem gespeicherten Plan.</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>up, then pointed</source>
        <translation>hoch, dann gestreckt</translation>
    </message>
    <message>
        <source>toes up</source>
        <translation>hochgezogen</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
    <message>
        <source>two up, one down</source>
        <translation>zwei heben, eins senkt</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>until you stop</source>
        <translation>bis Schluss</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>plates</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>next</source>
        <translation>als Nächstes</translation>
    </message>
    <message>
        <source>set {number}</source>
        <translation>Satz {number}</translation>
    </message>
    <message>
        <source>{reps} reps</source>
        <translation>{reps} Wdh.</translation>
    </message>
    <message>
        <source>tempo {tempo}</source>
        <translation>Tempo {tempo}</translation>
    </message>
    <message>
        <source>rest {time}</source>
        <translation>Pause {time}</translation>
    </message>
</context>
<context>
    <name>ProgressRing</name>
    <message>
        <source>Capture</source>
        <translation>Erfassung</translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <source>Rather not say · N</source>
        <translation>Lieber nicht sagen · N</translation>
    </message>
    <message>
        <source>How many more reps would there have been?</source>
        <translation>Wie viele Wiederholungen wären noch gegangen?</translation>
    </message>
    <message>
        <source>of the last set · a number key answers</source>
        <translation>im letzten Satz · eine Zifferntaste antwortet</translation>
    </message>
    <message>
        <source>How sore are your hamstrings and calves?</source>
        <translation>Wie stark ist der Muskelkater in Beinbeugern und Waden?</translation>
    </message>
    <message>
        <source>0 not at all, 10 extremely sore · a number key answers</source>
        <translation>0 gar nicht, 10 extrem · eine Zifferntaste antwortet</translation>
    </message>
    <message>
        <source>How hard was the whole session?</source>
        <translation>Wie anstrengend war die ganze Sitzung?</translation>
    </message>
    <message>
        <source>0 like rest, 10 as hard as possible · a number key answers</source>
        <translation>0 wie Ruhe, 10 so hart wie möglich · eine Zifferntaste antwortet</translation>
    </message>
</context>
<context>
    <name>RangesPage</name>
    <message>
        <source>Measure a range</source>
        <translation>Beweglichkeit messen</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Angle now</source>
        <translation>Winkel jetzt</translation>
    </message>
    <message>
        <source>Start · space</source>
        <translation>Start · Leertaste</translation>
    </message>
    <message>
        <source>End · space</source>
        <translation>Ende · Leertaste</translation>
    </message>
    <message>
        <source>Go to the sensors</source>
        <translation>Zu den Sensoren</translation>
    </message>
    <message>
        <source>Calibrate first</source>
        <translation>Zuerst kalibrieren</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>Diese Sitzung</translation>
    </message>
    <message>
        <source>Ranges over the weeks</source>
        <translation>Beweglichkeit über die Wochen</translation>
    </message>
    <message>
        <source>This session brings its own trials: just watch.</source>
        <translation>Diese Sitzung bringt ihre Versuche mit: einfach zusehen.</translation>
    </message>
    <message>
        <source>No trial yet</source>
        <translation>Noch kein Versuch</translation>
    </message>
    <message>
        <source>The mean of {count} counts.</source>
        <translation>Es zählt das Mittel aus {count}.</translation>
    </message>
    <message>
        <source>Mean {mean}°</source>
        <translation>Mittel {mean}°</translation>
    </message>
    <message>
        <source>Trials that count: {count}, from {low}° to {high}°</source>
        <translation>Gezählte Versuche: {count}, von {low}° bis {high}°</translation>
    </message>
    <message>
        <source>{count} left out: not held still, or not to the end</source>
        <translation>{count} ausgelassen: nicht still gehalten oder nicht bis ans Ende</translation>
    </message>
    <message>
        <source>Nothing earlier to compare with.</source>
        <translation>Noch nichts Früheres zum Vergleichen.</translation>
    </message>
    <message>
        <source>Last time {mean}°: {difference}.</source>
        <translation>Letztes Mal {mean}°: {difference}.</translation>
    </message>
    <message>
        <source>Toes up, knee straight against bent: {difference}.</source>
        <translation>Zehen hoch, Knie gestreckt gegen gebeugt: {difference}.</translation>
    </message>
</context>
<context>
    <name>RangesView</name>
    <message>
        <source>Toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>Toes pointed</source>
        <translation>Zehen gestreckt</translation>
    </message>
    <message>
        <source>Lunge</source>
        <translation>Ausfallschritt</translation>
    </message>
    <message>
        <source>No range was measured in these sessions.</source>
        <translation>In diesen Sitzungen wurde keine Beweglichkeit gemessen.</translation>
    </message>
    <message>
        <source>Measure ranges</source>
        <translation>Beweglichkeit messen</translation>
    </message>
    <message>
        <source>Export as a table (CSV)…</source>
        <translation>Als Tabelle exportieren (CSV)…</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} ist geschrieben</translation>
    </message>
    <message>
        <source>Write the measured ranges</source>
        <translation>Gemessene Beweglichkeit schreiben</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
</context>
<context>
    <name>RecentNumbersRow</name>
    <message>
        <source>in the last {weeks} weeks</source>
        <translation>in den letzten {weeks} Wochen</translation>
    </message>
    <message>
        <source>sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>height × reps, best set</source>
        <translation>Höhe × Wdh., bester Satz</translation>
    </message>
    <message>
        <source>Sum of the heights of the counted reps of a set</source>
        <translation>Summe der Höhen der gezählten Wiederholungen eines Satzes</translation>
    </message>
    <message>
        <source>pointed time under tension</source>
        <translation>Zeit unter Spannung, gestreckt</translation>
    </message>
    <message>
        <source>in {count} sessions</source>
        <translation>in {count} Sitzungen</translation>
    </message>
    <message>
        <source>Time of the eccentric phases with the ankle plantarflexed</source>
        <translation>Zeit der exzentrischen Phasen mit plantarflektiertem Sprunggelenk</translation>
    </message>
    <message>
        <source>good reps</source>
        <translation>gute Wiederholungen</translation>
    </message>
    <message>
        <source>median of the sessions</source>
        <translation>Median der Sitzungen</translation>
    </message>
    <message>
        <source>best height</source>
        <translation>größte Höhe</translation>
    </message>
    <message>
        <source>of a single raise</source>
        <translation>bei einem Mal</translation>
    </message>
    <message>
        <source>pointed to toes-up load</source>
        <translation>Last gestreckt zu Zehen hoch</translation>
    </message>
    <message>
        <source>median of the waves of protocol A</source>
        <translation>Median der Durchgänge von Protokoll A</translation>
    </message>
    <message>
        <source>Median of the waves whose reps match</source>
        <translation>Median der Durchgänge mit gleichen Wiederholungen</translation>
    </message>
</context>
<context>
    <name>ReminderLine</name>
    <message>
        <source>Half the sets for a week</source>
        <translation>Eine Woche halb so viele Sätze</translation>
    </message>
    <message>
        <source>No, as planned</source>
        <translation>Nein, wie geplant</translation>
    </message>
</context>
<context>
    <name>RepCurvesPlot</name>
    <message>
        <source>{count} reps</source>
        <translation>{count} Wiederholungen</translation>
    </message>
    <message>
        <source>control lost in 1 rep</source>
        <translation>Kontrolle in 1 Wdh. verloren</translation>
    </message>
    <message>
        <source>control lost in {count} reps</source>
        <translation>Kontrolle in {count} Wdh. verloren</translation>
    </message>
    <message>
        <source>1 rep not judged</source>
        <translation>1 Wdh. nicht gewertet</translation>
    </message>
    <message>
        <source>{count} reps not judged</source>
        <translation>{count} Wdh. nicht gewertet</translation>
    </message>
</context>
<context>
    <name>RepMarks</name>
    <message>
        <source>Reps</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>{count} good</source>
        <translation>{count} gut</translation>
    </message>
    <message>
        <source>{count} near</source>
        <translation>{count} knapp</translation>
    </message>
    <message>
        <source>{count} missed</source>
        <translation>{count} verfehlt</translation>
    </message>
    <message>
        <source>{count} not judged</source>
        <translation>{count} nicht gewertet</translation>
    </message>
    <message>
        <source>Set {number}</source>
        <translation>Satz {number}</translation>
    </message>
</context>
<context>
    <name>RepSlider</name>
    <message>
        <source>Time in the set</source>
        <translation>Zeit im Satz</translation>
    </message>
</context>
<context>
    <name>RepTable</name>
    <message>
        <source>Reps of this set</source>
        <translation>Wiederholungen dieses Satzes</translation>
    </message>
</context>
<context>
    <name>RepTiles</name>
    <message>
        <source>Reps of this set</source>
        <translation>Wiederholungen dieses Satzes</translation>
    </message>
</context>
<context>
    <name>ReplayPanel</name>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>target {limit}°</source>
        <translation>Ziel {limit}°</translation>
    </message>
    <message>
        <source>rep {number}</source>
        <translation>Wdh. {number}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Previous rep</source>
        <translation>Vorige Wiederholung</translation>
    </message>
    <message>
        <source>Previous rep (left arrow)</source>
        <translation>Vorige Wiederholung (Pfeil links)</translation>
    </message>
    <message>
        <source>Play or pause (space)</source>
        <translation>Abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Next rep</source>
        <translation>Nächste Wiederholung</translation>
    </message>
    <message>
        <source>Next rep (right arrow)</source>
        <translation>Nächste Wiederholung (Pfeil rechts)</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Repeat the chosen rep (Ctrl+L)</source>
        <translation>Die gewählte Wiederholung immer wieder abspielen (Strg+L)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Video…</source>
        <translation>Video…</translation>
    </message>
    <message>
        <source>Attach a video of this session</source>
        <translation>Ein Video dieser Sitzung anhängen</translation>
    </message>
</context>
<context>
    <name>RestCard</name>
    <message>
        <source>How many more could you have done?</source>
        <translation>Wie viele wären noch gegangen?</translation>
    </message>
    <message>
        <source>{count} or more left</source>
        <translation>noch {count} oder mehr</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>noch {count}</translation>
    </message>
</context>
<context>
    <name>RestClock</name>
    <message>
        <source>Rest</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>RestWords</name>
    <message>
        <source>of {time}</source>
        <translation>von {time}</translation>
    </message>
    <message>
        <source>All planned sets are done</source>
        <translation>Alle geplanten Sätze sind geschafft</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>rep {number}: {why}</source>
        <translation>Wdh. {number}: {why}</translation>
    </message>
    <message>
        <source>Next: set {number}</source>
        <translation>Als Nächstes: Satz {number}</translation>
    </message>
    <message>
        <source>set {number} next</source>
        <translation>Satz {number} folgt</translation>
    </message>
    <message>
        <source>set {number} of {sets} next</source>
        <translation>Satz {number} von {sets} folgt</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>You can bring it back until you close the window.</source>
        <translation>Du kannst sie zurückholen, bis du das Fenster schließt.</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>nicht kalibriert</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>the first set; the rest is being read</source>
        <translation>der erste Satz; der Rest wird gelesen</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Wird geschrieben</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} wird geschrieben</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Nothing to review yet</source>
        <translation>Noch nichts zum Ansehen</translation>
    </message>
    <message>
        <source>Record a session on Train, or open a recording: drop a file here.</source>
        <translation>Nimm unter „Training“ eine Sitzung auf, oder öffne eine Aufnahme: Zieh eine Datei hierher.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>This set beside another one: of this session, the other leg, last time or the best</source>
        <translation>Dieser Satz neben einem anderen: aus dieser Sitzung, vom anderen Bein, vom letzten Mal oder dem besten</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>Delete this session</source>
        <translation>Diese Sitzung löschen</translation>
    </message>
    <message>
        <source>{day}: delete the recording and all of its corrections and notes?</source>
        <translation>{day}: die Aufnahme und alle ihre Berichtigungen und Notizen löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>SaveCard</name>
    <message>
        <source>Done · Enter</source>
        <translation>Fertig · Enter</translation>
    </message>
    <message>
        <source>One more set · space</source>
        <translation>Noch ein Satz · Leertaste</translation>
    </message>
    <message>
        <source>Picture to share · P</source>
        <translation>Bild zum Teilen · P</translation>
    </message>
    <message>
        <source>Page for the physio · D</source>
        <translation>Blatt für die Physio · D</translation>
    </message>
    <message>
        <source>Open in Review</source>
        <translation>Im Rückblick öffnen</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>Gespeichert: {name}</translation>
    </message>
</context>
<context>
    <name>SavePlanCard</name>
    <message>
        <source>Keep it as your own plan</source>
        <translation>Als eigenen Plan behalten</translation>
    </message>
    <message>
        <source>Name of your plan</source>
        <translation>Name deines Plans</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Gespeichert als „{name}“.</translation>
    </message>
    <message>
        <source>There is a plan “{name}” already.</source>
        <translation>Es gibt schon einen Plan „{name}“.</translation>
    </message>
    <message>
        <source>Replacing it loses the comments in its file.</source>
        <translation>Beim Ersetzen gehen die Kommentare in seiner Datei verloren.</translation>
    </message>
    <message>
        <source>Save as “{name}”</source>
        <translation>Als „{name}“ speichern</translation>
    </message>
</context>
<context>
    <name>SensorList</name>
    <message>
        <source>Sensors</source>
        <translation>Sensoren</translation>
    </message>
</context>
<context>
    <name>SensorPill</name>
    <message>
        <source>no sensor</source>
        <translation>kein Sensor</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>gap {seconds}</source>
        <translation>Lücke {seconds}</translation>
    </message>
    <message>
        <source>in this set {count} samples lost, longest gap {seconds}</source>
        <translation>in diesem Satz {count} Werte verloren, längste Lücke {seconds}</translation>
    </message>
</context>
<context>
    <name>SensorRowWidget</name>
    <message>
        <source>this one moves</source>
        <translation>dieser bewegt sich</translation>
    </message>
    <message>
        <source>{keys}, Delete: none</source>
        <translation>{keys}, Entf: nirgends</translation>
    </message>
    <message>
        <source>cannot be used: {reason}</source>
        <translation>nicht verwendbar: {reason}</translation>
    </message>
    <message>
        <source>not a sensor that Toepoint knows</source>
        <translation>kein Sensor, den Toepoint kennt</translation>
    </message>
    <message>
        <source>connected to this computer already</source>
        <translation>schon mit diesem Computer verbunden</translation>
    </message>
    <message>
        <source>near</source>
        <translation>nah</translation>
    </message>
    <message>
        <source>far</source>
        <translation>fern</translation>
    </message>
    <message>
        <source>fairly near</source>
        <translation>recht nah</translation>
    </message>
    <message>
        <source>battery {percent} %</source>
        <translation>Akku {percent} %</translation>
    </message>
    <message>
        <source>charge it soon</source>
        <translation>bald laden</translation>
    </message>
</context>
<context>
    <name>SensorsCard</name>
    <message>
        <source>Your sensors</source>
        <translation>Deine Sensoren</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Other sensors</source>
        <translation>Andere Sensoren</translation>
    </message>
    <message>
        <source>None are known yet. Switch on a pair and connect it once; from then on it is offered here.</source>
        <translation>Noch sind keine bekannt. Schalte zwei ein und verbinde sie einmal; von da an stehen sie hier.</translation>
    </message>
    <message>
        <source>Find my sensors</source>
        <translation>Meine Sensoren finden</translation>
    </message>
    <message>
        <source>battery {percent} %</source>
        <translation>Akku {percent} %</translation>
    </message>
    <message>
        <source>battery {percent} %, charge it</source>
        <translation>Akku {percent} %, bitte laden</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>connecting …</source>
        <translation>verbindet sich …</translation>
    </message>
    <message>
        <source>in sight</source>
        <translation>in Sicht</translation>
    </message>
    <message>
        <source>not in sight</source>
        <translation>nicht in Sicht</translation>
    </message>
</context>
<context>
    <name>SensorsPage</name>
    <message>
        <source>Sensors in sight</source>
        <translation>Sensoren in Sicht</translation>
    </message>
    <message>
        <source>nearest first</source>
        <translation>die nächsten zuerst</translation>
    </message>
    <message>
        <source>Show unknown devices too</source>
        <translation>Auch unbekannte Geräte zeigen</translation>
    </message>
    <message>
        <source>On the leg</source>
        <translation>Am Bein</translation>
    </message>
    <message>
        <source>Swap shin and foot · X</source>
        <translation>Schienbein und Fuß tauschen · X</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Continue: calibrate</source>
        <translation>Weiter: kalibrieren</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Without sensors</source>
        <translation>Ohne Sensoren</translation>
    </message>
    <message>
        <source>Try it without sensors</source>
        <translation>Ohne Sensoren ausprobieren</translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation>Aufnahme öffnen …</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>from a recording</source>
        <translation>aus einer Aufnahme</translation>
    </message>
    <message>
        <source>nearest first · looking …</source>
        <translation>die nächsten zuerst · sucht …</translation>
    </message>
    <message>
        <source>Sensors of this session</source>
        <translation>Sensoren dieser Sitzung</translation>
    </message>
    <message>
        <source>No sensor in sight yet. Switch both on and move them to wake them. A sensor that is connected to another app or phone is invisible: disconnect it there.</source>
        <translation>Noch kein Sensor in Sicht. Schalte beide ein und bewege sie, damit sie aufwachen. Ein Sensor, den eine andere App oder ein Telefon hält, ist unsichtbar: beende ihn dort.</translation>
    </message>
    <message>
        <source>{count} of {worn} streaming</source>
        <translation>{count} von {worn} senden</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{name} has no place: put it {place} · T</source>
        <translation>{name} ohne Platz: {place} anlegen · T</translation>
    </message>
    <message>
        <source>Connect without: {places}</source>
        <translation>Verbinden ohne: {places}</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect my sensors</source>
        <translation>Meine Sensoren verbinden</translation>
    </message>
    <message>
        <source>Connect the two nearest</source>
        <translation>Die zwei nächsten verbinden</translation>
    </message>
    <message>
        <source>Shake one sensor: its row lights up. If it is on the wrong place, tap it twice.</source>
        <translation>Schüttle einen Sensor: Seine Zeile leuchtet auf. Sitzt er am falschen Platz, tippe ihn zweimal an.</translation>
    </message>
    <message>
        <source>Last worn: {names}</source>
        <translation>Zuletzt getragen: {names}</translation>
    </message>
    <message>
        <source>Any order works: once they stream, shake one to see which it is.</source>
        <translation>Die Reihenfolge ist gleich: Sobald sie senden, schüttle einen, um zu sehen, welcher es ist.</translation>
    </message>
    <message>
        <source>The chosen exercise needs a sensor {places} too.</source>
        <translation>Die gewählte Übung braucht auch einen Sensor {places}.</translation>
    </message>
    <message>
        <source>With these sensors reps are counted by the {angle} and not by the {other}.</source>
        <translation>Mit diesen Sensoren zählt {angle}, nicht {other}.</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>Aufnahme öffnen</translation>
    </message>
    <message>
        <source>Recordings (*.mcap)</source>
        <translation>Aufnahmen (*.mcap)</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
</context>
<context>
    <name>SessionNumbersRow</name>
    <message>
        <source>{good} of {judged} judged</source>
        <translation>{good} von {judged} gewerteten</translation>
    </message>
    <message>
        <source>{count} not judged</source>
        <translation>{count} nicht gewertet</translation>
    </message>
    <message>
        <source>good reps</source>
        <translation>gute Wiederholungen</translation>
    </message>
    <message>
        <source>height × reps</source>
        <translation>Höhe × Wdh.</translation>
    </message>
    <message>
        <source>mean {mean}°, best {best}°</source>
        <translation>Mittel {mean}°, beste {best}°</translation>
    </message>
    <message>
        <source>Sum of the heights of all counted reps</source>
        <translation>Summe der Höhen aller gezählten Wiederholungen</translation>
    </message>
    <message>
        <source>lowering in all</source>
        <translation>gesenkt insgesamt</translation>
    </message>
    <message>
        <source>pointed time under tension</source>
        <translation>Zeit unter Spannung, gestreckt</translation>
    </message>
    <message>
        <source>of {seconds} s lowering</source>
        <translation>von {seconds} s Senken</translation>
    </message>
    <message>
        <source>Time of the eccentric phases with the ankle plantarflexed</source>
        <translation>Zeit der exzentrischen Phasen mit plantarflektiertem Sprunggelenk</translation>
    </message>
    <message>
        <source>lowering</source>
        <translation>Senken</translation>
    </message>
    <message>
        <source>lowering, target {seconds}</source>
        <translation>Senken, Ziel {seconds}</translation>
    </message>
    <message>
        <source>varies {percent} % between reps</source>
        <translation>schwankt um {percent} % zwischen Wiederholungen</translation>
    </message>
    <message>
        <source>Mean and coefficient of variation of the eccentric phase</source>
        <translation>Mittelwert und Variationskoeffizient der exzentrischen Phase</translation>
    </message>
    <message>
        <source>1 set</source>
        <translation>1 Satz</translation>
    </message>
    <message>
        <source>{count} sets</source>
        <translation>{count} Sätze</translation>
    </message>
    <message>
        <source>heel raises</source>
        <translation>Wadenheben</translation>
    </message>
    <message>
        <source>reps</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>{count} reps</source>
        <translation>{count} Wiederholungen</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>bewegt</translation>
    </message>
    <message>
        <source>Sum of load × reps of every set</source>
        <translation>Summe aus Last × Wiederholungen aller Sätze</translation>
    </message>
</context>
<context>
    <name>SessionSide</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation>Aufnahme öffnen …</translation>
    </message>
    <message>
        <source>Open a file from elsewhere (Ctrl+O), or drop it here</source>
        <translation>Eine Datei von anderswo öffnen (Strg+O) oder hierher ziehen</translation>
    </message>
    <message>
        <source>My own sessions</source>
        <translation>Meine Sitzungen</translation>
    </message>
    <message>
        <source>Undo: delete session</source>
        <translation>Rückgängig: Sitzung löschen</translation>
    </message>
    <message>
        <source>It is deleted for good when the window is closed</source>
        <translation>Endgültig gelöscht wird sie, wenn das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>{count} more to read</source>
        <translation>{count} weitere werden gelesen</translation>
    </message>
    <message>
        <source>Sessions that you record appear here.</source>
        <translation>Hier stehen die Sitzungen, die du aufnimmst.</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>Aufnahme öffnen</translation>
    </message>
    <message>
        <source>Recordings (*.mcap)</source>
        <translation>Aufnahmen (*.mcap)</translation>
    </message>
</context>
<context>
    <name>SetButton</name>
    <message>
        <source>{good} of {judged} good</source>
        <translation>{good} von {judged} gut</translation>
    </message>
</context>
<context>
    <name>SetCard</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>SetDesk</name>
    <message>
        <source>Ankle against curl, all reps</source>
        <translation>Sprunggelenk gegen Beugung, alle Wdh.</translation>
    </message>
    <message>
        <source>Height over time, all reps</source>
        <translation>Höhe über der Zeit, alle Wiederholungen</translation>
    </message>
    <message>
        <source>Ankle against knee, all reps</source>
        <translation>Sprunggelenk gegen Knie, alle Wdh.</translation>
    </message>
    <message>
        <source>Ankle against {angle}, all reps</source>
        <translation>Sprunggelenk gegen {angle}, alle Wdh.</translation>
    </message>
    <message>
        <source>Height over time</source>
        <translation>Höhe über der Zeit</translation>
    </message>
    <message>
        <source>{angle} over time, all reps</source>
        <translation>{angle} über der Zeit, alle Wdh.</translation>
    </message>
    <message>
        <source>{angle} over time</source>
        <translation>{angle} über der Zeit</translation>
    </message>
    <message>
        <source>Ankle against {angle}</source>
        <translation>Sprunggelenk gegen {angle}</translation>
    </message>
    <message>
        <source>Ankle against knee</source>
        <translation>Sprunggelenk gegen Knie</translation>
    </message>
    <message>
        <source>Ankle against curl</source>
        <translation>Sprunggelenk gegen Beugung</translation>
    </message>
    <message>
        <source>rep {number}: {why}</source>
        <translation>Wdh. {number}: {why}</translation>
    </message>
    <message>
        <source>Write a clip</source>
        <translation>Einen Clip schreiben</translation>
    </message>
    <message>
        <source>Videos (*.mp4)</source>
        <translation>Videos (*.mp4)</translation>
    </message>
</context>
<context>
    <name>SetList</name>
    <message>
        <source>Sets</source>
        <translation>Sätze</translation>
    </message>
</context>
<context>
    <name>SetPictures</name>
    <message>
        <source>Every set</source>
        <translation>Jeder Satz</translation>
    </message>
    <message>
        <source>Set {number}: {good} of {judged} good</source>
        <translation>Satz {number}: {good} von {judged} gut</translation>
    </message>
</context>
<context>
    <name>SetsCard</name>
    <message>
        <source>Every set</source>
        <translation>Jeder Satz</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Athlete</source>
        <translation>Sportler</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>Used in files instead of a name</source>
        <translation>Steht in Dateien anstelle eines Namens</translation>
    </message>
    <message>
        <source>All athletes…</source>
        <translation>Alle Sportler…</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>Leg that wears the sensors</source>
        <translation>Bein mit den Sensoren</translation>
    </message>
    <message>
        <source>lying</source>
        <translation>liegend</translation>
    </message>
    <message>
        <source>seated</source>
        <translation>sitzend</translation>
    </message>
    <message>
        <source>standing</source>
        <translation>stehend</translation>
    </message>
    <message>
        <source>Leg curl</source>
        <translation>Beinbeugen</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>the leg, large</source>
        <translation>das Bein, groß</translation>
    </message>
    <message>
        <source>plots</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Automatic: seated curls show the leg large, and sound reports misses only.</source>
        <translation>Automatisch: Beim Beugen im Sitzen ist das Bein groß zu sehen, und nur Fehler sind zu hören.</translation>
    </message>
    <message>
        <source>What Train shows</source>
        <translation>Was Training zeigt</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Mirror the picture of the leg</source>
        <translation>Das Bild des Beins spiegeln</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Name of the machine</source>
        <translation>Name der Maschine</translation>
    </message>
    <message>
        <source>kg</source>
        <translation>kg</translation>
    </message>
    <message>
        <source>lb</source>
        <translation>lb</translation>
    </message>
    <message>
        <source>plates</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>Unit of the load</source>
        <translation>Einheit der Last</translation>
    </message>
    <message>
        <source>Smallest step of the load</source>
        <translation>Kleinster Schritt der Last</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>A protocol of your own…</source>
        <translation>Eigenes Protokoll …</translation>
    </message>
    <message>
        <source>relaxed</source>
        <translation>locker</translation>
    </message>
    <message>
        <source>standard</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>strict</source>
        <translation>streng</translation>
    </message>
    <message>
        <source>Target for the toes</source>
        <translation>Ziel für die Zehen</translation>
    </message>
    <message>
        <source>learn</source>
        <translation>lernen</translation>
    </message>
    <message>
        <source>train</source>
        <translation>trainieren</translation>
    </message>
    <message>
        <source>test</source>
        <translation>testen</translation>
    </message>
    <message>
        <source>Learn: a remark on every rep. Train: only on misses, and the count. Test: the count.</source>
        <translation>Lernen: eine Bemerkung zu jeder Wiederholung. Trainieren: nur Fehler und die Zahl. Testen: nur die Zahl.</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>Rückmeldung</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>25 % control loss</source>
        <translation>25 % Kontrollverlust</translation>
    </message>
    <message>
        <source>control lost 20° sooner</source>
        <translation>Kontrolle 20° früher verloren</translation>
    </message>
    <message>
        <source>3 missed reps</source>
        <translation>3 verfehlte Wdh.</translation>
    </message>
    <message>
        <source>The coach announces the last rep; the set goes on as long as you like.</source>
        <translation>Die letzte Wiederholung wird angesagt; der Satz geht weiter, solange du willst.</translation>
    </message>
    <message>
        <source>Stop rule</source>
        <translation>Stoppregel</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Tones and voice</source>
        <translation>Töne und Stimme</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>coach</source>
        <translation>Trainer</translation>
    </message>
    <message>
        <source>softer</source>
        <translation>sanfter</translation>
    </message>
    <message>
        <source>tones only</source>
        <translation>nur Töne</translation>
    </message>
    <message>
        <source>What is heard</source>
        <translation>Was zu hören ist</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>No ring at a good rep</source>
        <translation>Kein Ring bei guter Wdh.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Shown on Home</source>
        <translation>Auf der Startseite zeigen</translation>
    </message>
    <message>
        <source>Weeks in a row as planned</source>
        <translation>Wochen nacheinander wie geplant</translation>
    </message>
    <message>
        <source>Day of the next session</source>
        <translation>Tag der nächsten Sitzung</translation>
    </message>
    <message>
        <source>Offer of an easier week</source>
        <translation>Angebot einer leichteren Woche</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>Recordings are written here and nowhere else. Empty: the usual folder.</source>
        <translation>Aufnahmen werden hierhin und nirgends sonst geschrieben. Leer: der übliche Ordner.</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Ordner für Aufnahmen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>First steps again</source>
        <translation>Erste Schritte wieder</translation>
    </message>
    <message>
        <source>Settings are kept in {path}</source>
        <translation>Die Einstellungen stehen in {path}</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>Das ist keine Zahl.</translation>
    </message>
    <message>
        <source>Protocols (*.toml)</source>
        <translation>Protokolle (*.toml)</translation>
    </message>
    <message>
        <source>It could not be saved: {error}</source>
        <translation>Es konnte nicht gesichert werden: {error}</translation>
    </message>
    <message>
        <source>This must be between {low} and {high}.</source>
        <translation>Das muss zwischen {low} und {high} liegen.</translation>
    </message>
    <message>
        <source>This must be {allowed}.</source>
        <translation>Das muss sein: {allowed}.</translation>
    </message>
    <message>
        <source>Give the whole path of the folder, from the root.</source>
        <translation>Der Ordner muss vollständig angegeben werden.</translation>
    </message>
    <message>
        <source>It cannot be used: {error}</source>
        <translation>Er kann nicht verwendet werden: {error}</translation>
    </message>
</context>
<context>
    <name>SidesCard</name>
    <message>
        <source>Left beside right</source>
        <translation>Links neben rechts</translation>
    </message>
    <message>
        <source>median of the comparisons</source>
        <translation>Median der Vergleiche</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>height × reps</source>
        <translation>Höhe × Wdh.</translation>
    </message>
    <message>
        <source>range of the curl</source>
        <translation>Umfang der Beugung</translation>
    </message>
    <message>
        <source>time of the lowering</source>
        <translation>Dauer des Senkens</translation>
    </message>
    <message>
        <source>good reps</source>
        <translation>gute Wiederholungen</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>curl angle at which control is lost</source>
        <translation>Beugewinkel, bei dem die Kontrolle verloren geht</translation>
    </message>
    <message>
        <source>{angle} at which control is lost</source>
        <translation>{angle}, bei der die Kontrolle verloren geht</translation>
    </message>
    <message>
        <source>too early to tell, {count} of {needed} comparisons</source>
        <translation>zu früh zu sagen, {count} von {needed} Vergleichen</translation>
    </message>
    <message>
        <source>no real difference; chance alone makes ± {least} %</source>
        <translation>kein echter Unterschied; der Zufall allein macht ± {least} %</translation>
    </message>
    <message>
        <source>{middle} % more on the left; chance alone makes ± {least} %</source>
        <translation>links {middle} % mehr; der Zufall allein macht ± {least} %</translation>
    </message>
    <message>
        <source>{middle} % more on the right; chance alone makes ± {least} %</source>
        <translation>rechts {middle} % mehr; der Zufall allein macht ± {least} %</translation>
    </message>
</context>
<context>
    <name>SoundWords</name>
    <message>
        <source>Sound is switched off.</source>
        <translation>Der Ton ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>{name}: a Bluetooth output may be about 0.2 s late. Measure it, and the ticks come earlier by as much.</source>
        <translation>{name}: Eine Bluetooth-Ausgabe kann etwa 0,2 s zu spät sein. Miss es, dann kommen die Ticks um so viel früher.</translation>
    </message>
    <message>
        <source>{name}: {delay} s late</source>
        <translation>{name}: {delay} s zu spät</translation>
    </message>
    <message>
        <source>No sound: a library is missing (on Debian: libpulse0). Everything is still shown.</source>
        <translation>Kein Ton: Eine Bibliothek fehlt (unter Debian: libpulse0). Alles wird weiter gezeigt.</translation>
    </message>
    <message>
        <source>No sound: this computer has no output. Everything is still shown.</source>
        <translation>Kein Ton: Dieser Computer hat keine Ausgabe. Alles wird weiter gezeigt.</translation>
    </message>
    <message>
        <source>No sound: this output cannot be used. Choose another one.</source>
        <translation>Kein Ton: Diese Ausgabe ist nicht verwendbar. Wähle eine andere.</translation>
    </message>
    <message>
        <source>No sound: the output cannot be opened. Another program may hold it.</source>
        <translation>Kein Ton: Die Ausgabe lässt sich nicht öffnen. Vielleicht hält sie ein anderes Programm.</translation>
    </message>
    <message>
        <source>No sound: the output has gone. Connect it again.</source>
        <translation>Kein Ton: Die Ausgabe ist weg. Verbinde sie wieder.</translation>
    </message>
    <message>
        <source>The voice pack is damaged. Install Toepoint again.</source>
        <translation>Das Stimmpaket ist beschädigt. Installiere Toepoint neu.</translation>
    </message>
    <message>
        <source>Heard {delay} s late (taps within {spread} s).</source>
        <translation>{delay} s zu spät gehört (getippt auf {spread} s genau).</translation>
    </message>
    <message>
        <source>Too few taps to tell. Tap once with each click.</source>
        <translation>Zu wenig getippt. Tippe bei jedem Klick einmal.</translation>
    </message>
    <message>
        <source>The taps were too uneven to tell. Try again.</source>
        <translation>Zu ungleichmäßig getippt. Versuch es noch einmal.</translation>
    </message>
    <message>
        <source>The taps were too late to be true. Try again.</source>
        <translation>Zu spät getippt, um wahr zu sein. Versuch es noch einmal.</translation>
    </message>
</context>
<context>
    <name>StageLine</name>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>recognising</source>
        <translation>erkennen</translation>
    </message>
    <message>
        <source>setting up</source>
        <translation>einrichten</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>sendet</translation>
    </message>
    <message>
        <source>Stages of connecting</source>
        <translation>Stufen des Verbindens</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>Redo</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Redo: {step}</source>
        <translation>Noch einmal: {step}</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>capturing</source>
        <translation>wird erfasst</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>do it again</source>
        <translation>noch einmal machen</translation>
    </message>
    <message>
        <source>movement left {number}</source>
        <translation>Restbewegung {number}</translation>
    </message>
    <message>
        <source>axis fits to {number}</source>
        <translation>Achse passt auf {number}</translation>
    </message>
    <message>
        <source>{number} up</source>
        <translation>{number} hoch</translation>
    </message>
    <message>
        <source>{number} pointed</source>
        <translation>{number} gestreckt</translation>
    </message>
    <message>
        <source>curl {number}</source>
        <translation>Beugung {number}</translation>
    </message>
    <message>
        <source>turned {number}</source>
        <translation>{number} gedreht</translation>
    </message>
</context>
<context>
    <name>StepWords</name>
    <message>
        <source>Connect the sensors first</source>
        <translation>Zuerst die Sensoren verbinden</translation>
    </message>
    <message>
        <source>Shin sensor: on the flat front of the mid-shin, above the pad. Foot sensor: on the laces. Both tight, off the muscle. Which way round does not matter.</source>
        <translation>Schienbein-Sensor: vorn auf die flache Mitte des Schienbeins, oberhalb des Polsters. Fuß-Sensor: auf die Schnürung. Beide fest, nicht auf dem Muskel. Wie herum, ist gleich.</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message>
        <source>The axes of your joints are being computed.</source>
        <translation>Die Achsen deiner Gelenke werden berechnet.</translation>
    </message>
    <message>
        <source>This is your leg now</source>
        <translation>Das ist jetzt dein Bein</translation>
    </message>
    <message>
        <source>Move your foot: the picture must follow. If a strap is touched, calibrate again.</source>
        <translation>Bewege den Fuß: Das Bild muss folgen. Wird ein Gurt berührt, kalibriere neu.</translation>
    </message>
    <message>
        <source>Sensors on the bench</source>
        <translation>Sensoren auf den Tisch</translation>
    </message>
    <message>
        <source>Lay all sensors on something that does not move, and let go of them. Then strap them on.</source>
        <translation>Leg alle Sensoren auf etwas, das sich nicht bewegt, und lass sie los. Danach schnall sie an.</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>Still halten</translation>
    </message>
    <message>
        <source>Stand upright with the foot flat on the floor. Do not move.</source>
        <translation>Aufrecht stehen, den Fuß flach auf dem Boden. Nicht bewegen.</translation>
    </message>
    <message>
        <source>Sit with the foot flat on the floor and the shin upright. Do not move.</source>
        <translation>Sitze mit flach aufgestelltem Fuß und senkrechtem Schienbein. Nicht bewegen.</translation>
    </message>
    <message>
        <source>Three ankle pumps</source>
        <translation>Dreimal mit dem Fuß pumpen</translation>
    </message>
    <message>
        <source>Lift the foot a little. Toes up as far as they go, then point them: three times.</source>
        <translation>Heb den Fuß ein wenig an. Zehen so weit hoch, wie es geht, dann strecken: dreimal.</translation>
    </message>
    <message>
        <source>Two bends at the hips</source>
        <translation>Zweimal in der Hüfte beugen</translation>
    </message>
    <message>
        <source>Stand upright and still. Without weight: bend forward at the hips with the knees nearly straight, and come up again: twice, slowly.</source>
        <translation>Aufrecht und still stehen. Ohne Gewicht: mit fast gestreckten Knien in der Hüfte nach vorn beugen und wieder aufrichten, zweimal, langsam.</translation>
    </message>
    <message>
        <source>The thigh&apos;s sensor: on its front or outer side, as tight.</source>
        <translation>Oberschenkel-Sensor: vorn oder außen, ebenso fest.</translation>
    </message>
    <message>
        <source>This session brings its own calibration: just watch.</source>
        <translation>Diese Sitzung bringt ihre Kalibrierung mit: einfach zusehen.</translation>
    </message>
    <message>
        <source>Two bends of the knees</source>
        <translation>Knie zweimal beugen</translation>
    </message>
    <message>
        <source>Two curls without load</source>
        <translation>Zwei Beugungen ohne Last</translation>
    </message>
    <message>
        <source>Kneel upright and rest a moment. Then sit back towards your heels and come up again: twice, slowly.</source>
        <translation>Aufrecht knien und kurz ruhen. Dann zu den Fersen zurücksetzen und wieder aufrichten: zweimal, langsam.</translation>
    </message>
    <message>
        <source>On the bench, with the knees straight, rest a moment. Then bend the knees as far as you easily can and go back: twice, slowly.</source>
        <translation>Auf der Bank mit gestreckten Knien kurz ruhen. Dann die Knie beugen, so weit es leicht geht, und zurück: zweimal, langsam.</translation>
    </message>
    <message>
        <source>On the machine, without weight: begin with the knee straight, curl twice.</source>
        <translation>An der Maschine, ohne Gewicht: mit gestrecktem Knie beginnen, zweimal beugen.</translation>
    </message>
</context>
<context>
    <name>StepsBar</name>
    <message>
        <source>Sensors</source>
        <translation>Sensoren</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>First set</source>
        <translation>Erster Satz</translation>
    </message>
    <message>
        <source>Put one sensor on the shin, one on the foot, and connect.</source>
        <translation>Ein Sensor ans Schienbein, einer an den Fuß, dann verbinden.</translation>
    </message>
    <message>
        <source>A few short movements show the program your leg.</source>
        <translation>Ein paar kurze Bewegungen zeigen dem Programm dein Bein.</translation>
    </message>
    <message>
        <source>Get ready and press space: the first set begins.</source>
        <translation>Mach dich bereit und drücke die Leertaste: Der erste Satz beginnt.</translation>
    </message>
    <message>
        <source>Skip this step</source>
        <translation>Schritt überspringen</translation>
    </message>
    <message>
        <source>No more steps</source>
        <translation>Keine Schritte mehr</translation>
    </message>
    <message>
        <source>Settings begins them again</source>
        <translation>Die Einstellungen beginnen sie wieder</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
</context>
<context>
    <name>TapTestPanel</name>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Play a sample</source>
        <translation>Probe abspielen</translation>
    </message>
    <message>
        <source>Measure the delay</source>
        <translation>Verzögerung messen</translation>
    </message>
    <message>
        <source>Tap with the clicks (space)</source>
        <translation>Mit den Klicks tippen (Leertaste)</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>The output has changed. Measure again.</source>
        <translation>Die Ausgabe hat gewechselt. Miss noch einmal.</translation>
    </message>
    <message>
        <source>Click {number} of {all}</source>
        <translation>Klick {number} von {all}</translation>
    </message>
    <message>
        <source>Kept.</source>
        <translation>Behalten.</translation>
    </message>
    <message>
        <source>The system&apos;s output</source>
        <translation>Ausgabe des Systems</translation>
    </message>
</context>
<context>
    <name>TempoBar</name>
    <message>
        <source>Tempo</source>
        <translation>Tempo</translation>
    </message>
</context>
<context>
    <name>TimeLine</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Re-zero</source>
        <translation>Nullpunkt</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Far view</source>
        <translation>Von Weitem</translation>
    </message>
    <message>
        <source>For the coach</source>
        <translation>Für den Trainer</translation>
    </message>
    <message>
        <source>Less load</source>
        <translation>Weniger Last</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>More load</source>
        <translation>Mehr Last</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Change the plan</source>
        <translation>Plan ändern</translation>
    </message>
    <message>
        <source>Change sets, reps, tempo, load and rest</source>
        <translation>Sätze, Wdh., Tempo, Last und Pause ändern</translation>
    </message>
    <message>
        <source>Cramp / stop · C</source>
        <translation>Krampf / Stopp · C</translation>
    </message>
    <message>
        <source>Try the simulated leg</source>
        <translation>Simuliertes Bein</translation>
    </message>
    <message>
        <source>Go to Sensors</source>
        <translation>Zu den Sensoren</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Neutral set · space</source>
        <translation>Neutraler Satz</translation>
    </message>
    <message>
        <source>Measure ranges · space</source>
        <translation>Beweglichkeit messen · Leertaste</translation>
    </message>
    <message>
        <source>Train as planned · R</source>
        <translation>Nach Plan · R</translation>
    </message>
    <message>
        <source>End here · Q</source>
        <translation>Hier beenden · Q</translation>
    </message>
    <message>
        <source>Measure · space</source>
        <translation>Messen · Leertaste</translation>
    </message>
    <message>
        <source>Review it</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>A simulated leg: watch and listen</source>
        <translation>Ein simuliertes Bein: zuschauen und zuhören</translation>
    </message>
    <message>
        <source>End set · space</source>
        <translation>Ende · Leertaste</translation>
    </message>
    <message>
        <source>Start set · space</source>
        <translation>Start · Leertaste</translation>
    </message>
</context>
<context>
    <name>TrainWords</name>
    <message>
        <source>NO SESSION</source>
        <translation>KEINE SITZUNG</translation>
    </message>
    <message>
        <source>STARTING</source>
        <translation>STARTET</translation>
    </message>
    <message>
        <source>NOT CALIBRATED</source>
        <translation>NICHT KALIBRIERT</translation>
    </message>
    <message>
        <source>CALIBRATE</source>
        <translation>KALIBRIEREN</translation>
    </message>
    <message>
        <source>relax the foot; a set with neutral toes, or end here</source>
        <translation>Fuß lockern; ein Satz mit neutralen Zehen, oder hier aufhören</translation>
    </message>
    <message>
        <source>SET UP</source>
        <translation>EINRICHTEN</translation>
    </message>
    <message>
        <source>READY</source>
        <translation>BEREIT</translation>
    </message>
    <message>
        <source>REST</source>
        <translation>PAUSE</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>GESTOPPT</translation>
    </message>
    <message>
        <source>NOT TODAY</source>
        <translation>HEUTE NICHT</translation>
    </message>
    <message>
        <source>ALL DONE</source>
        <translation>GESCHAFFT</translation>
    </message>
    <message>
        <source>FINISHED</source>
        <translation>FERTIG</translation>
    </message>
    <message>
        <source>MEASURE</source>
        <translation>MESSEN</translation>
    </message>
    <message>
        <source>foot flat, hold still</source>
        <translation>Fuß flach, still halten</translation>
    </message>
    <message>
        <source>pump the ankle, up and down</source>
        <translation>mit dem Fuß pumpen, hoch und runter</translation>
    </message>
    <message>
        <source>curl twice, without load</source>
        <translation>zweimal beugen, ohne Last</translation>
    </message>
    <message>
        <source>bend at the hips twice, without load</source>
        <translation>zweimal in der Hüfte beugen, ohne Last</translation>
    </message>
    <message>
        <source>get ready for the next movement</source>
        <translation>mach dich bereit für die nächste Bewegung</translation>
    </message>
    <message>
        <source>connect your sensors, or try it without</source>
        <translation>verbinde deine Sensoren, oder probier es ohne</translation>
    </message>
    <message>
        <source>waiting for the sensors</source>
        <translation>warte auf die Sensoren</translation>
    </message>
    <message>
        <source>a minute of calibration comes first</source>
        <translation>zuerst eine Minute kalibrieren</translation>
    </message>
    <message>
        <source>too sore so soon after the last time: wait, or a neutral set</source>
        <translation>zu viel Muskelkater so kurz nach dem letzten Mal: warten oder ein neutraler Satz</translation>
    </message>
    <message>
        <source>ranges are held, not counted: they have a page of their own</source>
        <translation>hier wird gehalten, nicht gezählt: dafür gibt es eine eigene Seite</translation>
    </message>
    <message>
        <source>preparing for this computer, only once: {percent} %</source>
        <translation>Vorbereitung für diesen Computer, nur einmal: {percent} %</translation>
    </message>
    <message>
        <source>lie down, leg straight, hold still</source>
        <translation>hinlegen, Bein gestreckt, still halten</translation>
    </message>
    <message>
        <source>sit down, hold still</source>
        <translation>hinsetzen, stillhalten</translation>
    </message>
    <message>
        <source>stand upright, hold still</source>
        <translation>aufrecht stehen, stillhalten</translation>
    </message>
    <message>
        <source>kneel upright, hold still</source>
        <translation>aufrecht knien, stillhalten</translation>
    </message>
    <message>
        <source>{pose}; space starts the set</source>
        <translation>{pose}; Leertaste beginnt den Satz</translation>
    </message>
    <message>
        <source>lower when you are ready</source>
        <translation>senk, wenn du bereit bist</translation>
    </message>
    <message>
        <source>toes up, then lift</source>
        <translation>Zehen hoch, dann heben</translation>
    </message>
    <message>
        <source>toes pointed, then lift</source>
        <translation>Zehen gestreckt, dann heben</translation>
    </message>
    <message>
        <source>lift when you are ready</source>
        <translation>heb, wenn du bereit bist</translation>
    </message>
    <message>
        <source>toes up, hold them</source>
        <translation>Zehen hoch, halten</translation>
    </message>
    <message>
        <source>pull your toes up</source>
        <translation>zieh die Zehen hoch</translation>
    </message>
    <message>
        <source>toes pointed, hold it</source>
        <translation>Zehen gestreckt, halten</translation>
    </message>
    <message>
        <source>point your toes</source>
        <translation>streck die Zehen</translation>
    </message>
    <message>
        <source>take {seconds} s</source>
        <translation>in {seconds} s</translation>
    </message>
    <message>
        <source>at your own pace</source>
        <translation>in deinem Tempo</translation>
    </message>
    <message>
        <source>no angle</source>
        <translation>kein Winkel</translation>
    </message>
    <message>
        <source>level</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
    <message>
        <source>height {degrees}°</source>
        <translation>Höhe {degrees}°</translation>
    </message>
    <message>
        <source>target {degrees}° or more</source>
        <translation>Ziel {degrees}° oder mehr</translation>
    </message>
    <message>
        <source>{count} good</source>
        <translation>{count} gut</translation>
    </message>
    <message>
        <source>{seconds} s down</source>
        <translation>{seconds} s senken</translation>
    </message>
    <message>
        <source>1 rep</source>
        <translation>1 Wdh.</translation>
    </message>
    <message>
        <source>{count} reps</source>
        <translation>{count} Wdh.</translation>
    </message>
    <message>
        <source>Set {number}</source>
        <translation>Satz {number}</translation>
    </message>
    <message>
        <source>{count} of {planned} reps</source>
        <translation>{count} von {planned} Wdh.</translation>
    </message>
    <message>
        <source>{reps}, until you stop</source>
        <translation>{reps}, bis du aufhörst</translation>
    </message>
    <message>
        <source>best {degrees}°</source>
        <translation>beste {degrees}°</translation>
    </message>
    <message>
        <source>set {number} of {sets}</source>
        <translation>Satz {number} von {sets}</translation>
    </message>
    <message>
        <source>set {number}</source>
        <translation>Satz {number}</translation>
    </message>
    <message>
        <source>kg</source>
        <translation>kg</translation>
    </message>
    <message>
        <source>lb</source>
        <translation>lb</translation>
    </message>
    <message>
        <source>plates</source>
        <translation>Platten</translation>
    </message>
    <message>
        <source>toes up to lift, pointed to lower</source>
        <translation>hoch heben, gestreckt senken</translation>
    </message>
    <message>
        <source>toes pointed</source>
        <translation>Zehen gestreckt</translation>
    </message>
    <message>
        <source>lift with both legs, lower with one</source>
        <translation>mit beiden Beinen heben, mit einem senken</translation>
    </message>
    <message>
        <source>free training</source>
        <translation>freies Training</translation>
    </message>
    <message>
        <source>until you stop</source>
        <translation>bis du aufhörst</translation>
    </message>
    <message>
        <source>{percent} % good</source>
        <translation>{percent} % gut</translation>
    </message>
    <message>
        <source>aim {aim}</source>
        <translation>Vorgabe {aim}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>next</source>
        <translation>folgt</translation>
    </message>
    <message>
        <source>rest is over</source>
        <translation>Pause vorbei</translation>
    </message>
    <message>
        <source>until set {number}</source>
        <translation>bis Satz {number}</translation>
    </message>
    <message>
        <source>rest {time}</source>
        <translation>Pause {time}</translation>
    </message>
    <message>
        <source>rested, +{time}</source>
        <translation>erholt, +{time}</translation>
    </message>
    <message>
        <source>rest {time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>new zero in the rest · Z cancels</source>
        <translation>neuer Nullpunkt in der Pause · Z bricht ab</translation>
    </message>
    <message>
        <source>KEEP GOING</source>
        <translation>WEITER</translation>
    </message>
    <message>
        <source>only misses</source>
        <translation>nur Fehler</translation>
    </message>
    <message>
        <source>only the count</source>
        <translation>nur die Zahl</translation>
    </message>
    <message>
        <source>good sets: L to hear {less}</source>
        <translation>gute Sätze: mit L hörst du {less}</translation>
    </message>
    <message>
        <source>not judged until it is back</source>
        <translation>nicht gewertet, bis er wieder da ist</translation>
    </message>
    <message>
        <source>WAIT</source>
        <translation>WARTEN</translation>
    </message>
    <message>
        <source>it is connected again as soon as it answers</source>
        <translation>er wird verbunden, sobald er antwortet</translation>
    </message>
    <message>
        <source>sensor lost</source>
        <translation>Sensor weg</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>lifting</source>
        <translation>heben</translation>
    </message>
    <message>
        <source>holding</source>
        <translation>halten</translation>
    </message>
    <message>
        <source>lowering</source>
        <translation>Senken</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>halb</translation>
    </message>
    <message>
        <source>toes up {degrees}°</source>
        <translation>Zehen hoch {degrees}°</translation>
    </message>
    <message>
        <source>toes {degrees}°</source>
        <translation>Zehen {degrees}°</translation>
    </message>
    <message>
        <source>Strapped on again: calibrate again, nothing is judged until then</source>
        <translation>Neu angelegt: neu kalibrieren, bis dahin wird nichts bewertet</translation>
    </message>
    <message>
        <source>No sensor {places}: nothing is counted, only the angles are shown</source>
        <translation>Kein Sensor {places}: nichts wird gezählt, nur die Winkel werden gezeigt</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>Sensoren</translation>
    </message>
    <message>
        <source>{sensor} lost: keep going, this rep is not judged</source>
        <translation>{sensor} verloren: Wdh. nicht gewertet</translation>
    </message>
    <message>
        <source>{sensor} lost: bring it near the computer; switch it off and on if it stays away</source>
        <translation>{sensor} weg: näher an den Computer bringen; hilft das nicht, aus- und einschalten</translation>
    </message>
</context>
<context>
    <name>TrendCard</name>
    <message>
        <source>No session here has this number yet</source>
        <translation>Noch keine Sitzung hier hat diese Zahl</translation>
    </message>
</context>
<context>
    <name>TrialTile</name>
    <message>
        <source>held {seconds} s</source>
        <translation>{seconds} s gehalten</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>kommt noch</translation>
    </message>
</context>
<context>
    <name>VideoBench</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Attach a video of this session</source>
        <translation>Ein Video dieser Sitzung anhängen</translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.mov *.m4v *.mkv *.webm *.avi *.3gp *.mts);;All files (*)</source>
        <translation>Videos (*.mp4 *.mov *.m4v *.mkv *.webm *.avi *.3gp *.mts);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Opening the video …</source>
        <translation>Das Video wird geöffnet …</translation>
    </message>
    <message>
        <source>Looking for the picture …</source>
        <translation>Das Bild wird gesucht …</translation>
    </message>
    <message>
        <source>The video begins later.</source>
        <translation>Das Video beginnt später.</translation>
    </message>
    <message>
        <source>The video is over.</source>
        <translation>Das Video ist zu Ende.</translation>
    </message>
    <message>
        <source>Writing the clip</source>
        <translation>Der Clip wird geschrieben</translation>
    </message>
    <message>
        <source>No clip was written.</source>
        <translation>Es wurde kein Clip geschrieben.</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} ist geschrieben</translation>
    </message>
    <message>
        <source>Looking for jolts …</source>
        <translation>Stöße werden gesucht …</translation>
    </message>
    <message>
        <source>There is no jolt near</source>
        <translation>In der Nähe ist kein Stoß</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop writing the clip</source>
        <translation>Den Clip nicht weiter schreiben</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>Ausrichten</translation>
    </message>
    <message>
        <source>Lay the video on the time of the session</source>
        <translation>Das Video auf die Zeit der Sitzung legen</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Write the video with the leg beside it</source>
        <translation>Das Video mit dem Bein daneben schreiben</translation>
    </message>
    <message>
        <source>This rep (MP4)…</source>
        <translation>Diese Wiederholung (MP4)…</translation>
    </message>
    <message>
        <source>This set (MP4)…</source>
        <translation>Dieser Satz (MP4)…</translation>
    </message>
    <message>
        <source>With the cues of the coach</source>
        <translation>Mit den Hinweisen des Trainers</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Attach another video…</source>
        <translation>Ein anderes Video anhängen…</translation>
    </message>
    <message>
        <source>Back to the place before</source>
        <translation>Zurück zur vorigen Lage</translation>
    </message>
    <message>
        <source>Take the video away</source>
        <translation>Das Video entfernen</translation>
    </message>
    <message>
        <source>Previous frame (comma)</source>
        <translation>Voriges Bild (Komma)</translation>
    </message>
    <message>
        <source>Next frame (full stop)</source>
        <translation>Nächstes Bild (Punkt)</translation>
    </message>
    <message>
        <source>It lands here</source>
        <translation>Hier landet er</translation>
    </message>
    <message>
        <source>Choose the jolt that belongs to the picture in view (M)</source>
        <translation>Den Stoß wählen, der zu diesem Bild gehört (M)</translation>
    </message>
    <message>
        <source>−0.1 s</source>
        <translation>−0,1 s</translation>
    </message>
    <message>
        <source>Picture 0.1 s earlier (Alt+Shift+Left)</source>
        <translation>Bild 0,1 s früher (Alt+Umschalt+Links)</translation>
    </message>
    <message>
        <source>−1</source>
        <translation>−1</translation>
    </message>
    <message>
        <source>Picture one frame earlier (Alt+Left)</source>
        <translation>Ein Bild früher (Alt+Links)</translation>
    </message>
    <message>
        <source>+1</source>
        <translation>+1</translation>
    </message>
    <message>
        <source>Picture one frame later (Alt+Right)</source>
        <translation>Ein Bild später (Alt+Rechts)</translation>
    </message>
    <message>
        <source>+0.1 s</source>
        <translation>+0,1 s</translation>
    </message>
    <message>
        <source>Picture 0.1 s later (Alt+Shift+Right)</source>
        <translation>Bild 0,1 s später (Alt+Umschalt+Rechts)</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
</context>
<context>
    <name>WeekBars</name>
    <message>
        <source>Sets a week</source>
        <translation>Sätze je Woche</translation>
    </message>
</context>
<context>
    <name>WherePanel</name>
    <message>
        <source>Shin: on the flat front of the mid-shin. Foot: on the laces. Both tight, off the muscle; which way round does not matter.</source>
        <translation>Schienbein: vorn auf der flachen Mitte. Fuß: auf der Schnürung. Beide fest, nicht auf dem Muskel; wie herum, ist gleich.</translation>
    </message>
</context>
<context>
    <name>_Reps</name>
    <message>
        <source>rep</source>
        <translation>Wdh.</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>Wertung</translation>
    </message>
    <message>
        <source>Concentric phase, seconds</source>
        <translation>Konzentrische Phase, Sekunden</translation>
    </message>
    <message>
        <source>Eccentric phase, seconds</source>
        <translation>Exzentrische Phase, Sekunden</translation>
    </message>
    <message>
        <source>control °</source>
        <translation>Kontrolle °</translation>
    </message>
    <message>
        <source>Curl angle at which control of the lowering is lost</source>
        <translation>Beugewinkel, bei dem die Kontrolle beim Senken verloren geht</translation>
    </message>
    <message>
        <source>range °</source>
        <translation>Umfang °</translation>
    </message>
    <message>
        <source>Range of the driving angle, degrees</source>
        <translation>Umfang des Antriebswinkels, Grad</translation>
    </message>
    <message>
        <source>toes lifting</source>
        <translation>Zehen heben</translation>
    </message>
    <message>
        <source>Median ankle angle, concentric phase</source>
        <translation>Medianer Sprunggelenkwinkel, konzentrische Phase</translation>
    </message>
    <message>
        <source>toes lowering</source>
        <translation>Zehen senken</translation>
    </message>
    <message>
        <source>Median ankle angle, eccentric phase</source>
        <translation>Medianer Sprunggelenkwinkel, exzentrische Phase</translation>
    </message>
    <message>
        <source>in band</source>
        <translation>im Ziel</translation>
    </message>
    <message>
        <source>switch s</source>
        <translation>Wechsel s</translation>
    </message>
    <message>
        <source>From the top until the toes were pointed</source>
        <translation>Von oben, bis die Zehen gestreckt waren</translation>
    </message>
    <message>
        <source>The first verdict, before the limits were changed</source>
        <translation>Die erste Wertung, bevor die Grenzen geändert wurden</translation>
    </message>
    <message>
        <source>% of best</source>
        <translation>% der besten</translation>
    </message>
    <message>
        <source>Height in % of the best of this leg until then, earlier sessions too</source>
        <translation>Höhe in % der bis dahin besten dieses Beins, auch aus früheren Sitzungen</translation>
    </message>
    <message>
        <source>why</source>
        <translation>warum</translation>
    </message>
    <message>
        <source>height °</source>
        <translation>Höhe °</translation>
    </message>
    <message>
        <source>Turn of the foot in the rep, degrees</source>
        <translation>Drehung des Fußes in der Wiederholung, Grad</translation>
    </message>
    <message>
        <source>Range of this angle in the rep, degrees</source>
        <translation>Weg dieses Winkels in der Wiederholung, Grad</translation>
    </message>
    <message>
        <source>knee °</source>
        <translation>Knie °</translation>
    </message>
    <message>
        <source>Range of the knee angle, degrees</source>
        <translation>Umfang des Kniewinkels, Grad</translation>
    </message>
    <message>
        <source>Height at which control of the lowering is lost, degrees</source>
        <translation>Höhe, bei der die Kontrolle des Absenkens verloren geht, Grad</translation>
    </message>
    <message>
        <source>Angle at which control of the lowering is lost, degrees</source>
        <translation>Winkel, bei dem die Kontrolle beim Senken verloren geht, Grad</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>halb</translation>
    </message>
    <message>
        <source>held</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>{angle}° up</source>
        <translation>{angle}° hoch</translation>
    </message>
    <message>
        <source>{angle}° pointed</source>
        <translation>{angle}° gestreckt</translation>
    </message>
    <message>
        <source>Share of lift and lowering with the toes up</source>
        <translation>Anteil von Heben und Senken mit Zehen hoch</translation>
    </message>
    <message>
        <source>Share of the lowering with the toes pointed</source>
        <translation>Anteil des Senkens mit gestreckten Zehen</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>{verdict}, other reason</source>
        <translation>{verdict}, anderer Grund</translation>
    </message>
</context>
<context>
    <name>_Sessions</name>
    <message>
        <source>{percent} % good</source>
        <translation>{percent} % gut</translation>
    </message>
    <message>
        <source>cannot be opened</source>
        <translation>lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>1 set</source>
        <translation>1 Satz</translation>
    </message>
    <message>
        <source>{count} sets</source>
        <translation>{count} Sätze</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
</context>
<context>
    <name>_Sets</name>
    <message>
        <source>Set {number}</source>
        <translation>Satz {number}</translation>
    </message>
    <message>
        <source>{count} reps</source>
        <translation>{count} Wiederholungen</translation>
    </message>
    <message>
        <source>{good} of {judged} good</source>
        <translation>{good} von {judged} gut</translation>
    </message>
</context>
<context>
    <name>card</name>
    <message>
        <source>left leg</source>
        <translation>linkes Bein</translation>
    </message>
    <message>
        <source>right leg</source>
        <translation>rechtes Bein</translation>
    </message>
    <message>
        <source>1 set</source>
        <translation>1 Satz</translation>
    </message>
    <message>
        <source>{sets} sets, {reps} reps</source>
        <translation>{sets} Sätze, {reps} Wdh.</translation>
    </message>
    <message>
        <source>the same again</source>
        <translation>dasselbe noch einmal</translation>
    </message>
    <message>
        <source>Next time: {what}</source>
        <translation>Nächstes Mal: {what}</translation>
    </message>
    <message>
        <source>effort {value} of 10</source>
        <translation>Anstrengung {value} von 10</translation>
    </message>
    <message>
        <source>reps</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>good reps</source>
        <translation>gute Wdh.</translation>
    </message>
    <message>
        <source>good reps, {count} not judged</source>
        <translation>gute Wdh., {count} nicht gewertet</translation>
    </message>
    <message>
        <source>height × reps</source>
        <translation>Höhe × Wdh.</translation>
    </message>
    <message>
        <source>pointed lowering</source>
        <translation>gestreckt gesenkt</translation>
    </message>
    <message>
        <source>lowering in all</source>
        <translation>gesenkt insgesamt</translation>
    </message>
    <message>
        <source>a lowering</source>
        <translation>je Senken</translation>
    </message>
    <message>
        <source>a lowering, of {target}</source>
        <translation>je Senken, von {target}</translation>
    </message>
    <message>
        <source>simulated leg · {day}</source>
        <translation>simuliertes Bein · {day}</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>1 range</source>
        <translation>1 Messung</translation>
    </message>
    <message>
        <source>{count} ranges</source>
        <translation>{count} Messungen</translation>
    </message>
    <message>
        <source>{name}: too early to tell, {count} of {needed} sessions</source>
        <translation>{name}: noch zu früh zu sagen, {count} von {needed} Sitzungen</translation>
    </message>
    <message>
        <source>{name}: none so far</source>
        <translation>{name}: bisher keine</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>both legs</source>
        <translation>beide Beine</translation>
    </message>
    <message>
        <source>{name}: too early to tell, {count} of {needed} weeks</source>
        <translation>{name}: noch zu früh zu sagen, {count} von {needed} Wochen</translation>
    </message>
    <message>
        <source>{name}: no real change; chance alone makes ± {least} {unit}</source>
        <translation>{name}: keine echte Änderung; der Zufall allein macht ± {least} {unit}</translation>
    </message>
    <message>
        <source>{name}: {change} {unit} more than before; chance alone makes ± {least} {unit}</source>
        <translation>{name}: {change} {unit} mehr als zuvor; der Zufall allein macht ± {least} {unit}</translation>
    </message>
    <message>
        <source>{name}: {change} {unit} less than before; chance alone makes ± {least} {unit}</source>
        <translation>{name}: {change} {unit} weniger als zuvor; der Zufall allein macht ± {least} {unit}</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>computed by an older version</source>
        <translation>von einer älteren Version berechnet</translation>
    </message>
</context>
<context>
    <name>load</name>
    <message>
        <source>bodyweight</source>
        <translation>ohne Last</translation>
    </message>
</context>
<context>
    <name>moment</name>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
</context>
<context>
    <name>ranges</name>
    <message>
        <source>forward</source>
        <translation>nach vorn</translation>
    </message>
    <message>
        <source>back</source>
        <translation>nach hinten</translation>
    </message>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
</context>
<context>
    <name>set</name>
    <message>
        <source>Set {number}</source>
        <translation>Satz {number}</translation>
    </message>
    <message>
        <source>{count} more possible</source>
        <translation>{count} weitere möglich</translation>
    </message>
    <message>
        <source>height × reps {work}°</source>
        <translation>Höhe × Wdh. {work}°</translation>
    </message>
    <message>
        <source>{percent} % lower at the end</source>
        <translation>am Ende {percent} % niedriger</translation>
    </message>
    <message>
        <source>{percent} % higher at the end</source>
        <translation>am Ende {percent} % höher</translation>
    </message>
    <message>
        <source>{pace} a minute, asked {asked}: {off} off the pace, {missed} missed, {kept} in the pace</source>
        <translation>{pace} pro Minute, Vorgabe {asked}: {off} neben dem Takt, {missed} ausgelassen, {kept} im Takt</translation>
    </message>
    <message>
        <source>v1 → v{number}: {count} verdicts changed</source>
        <translation>v1 → v{number}: {count} Wertungen geändert</translation>
    </message>
    <message>
        <source>The file is damaged: everything until {minutes}:{seconds:02d} min that could be read is here.</source>
        <translation>Die Datei ist beschädigt: Alles Lesbare bis {minutes}:{seconds:02d} min ist hier.</translation>
    </message>
    <message>
        <source>soreness {value} of 10</source>
        <translation>Muskelkater {value} von 10</translation>
    </message>
    <message>
        <source>effort {value} of 10, load {load}</source>
        <translation>Anstrengung {value} von 10, Last {load}</translation>
    </message>
    <message>
        <source>1RM (estimate) toes up {up}, pointed {pointed} {unit}: ratio {ratio}</source>
        <translation>1RM (geschätzt) Zehen hoch {up}, gestreckt {pointed} {unit}: Verhältnis {ratio}</translation>
    </message>
</context>
<context>
    <name>sheet</name>
    <message>
        <source>curl</source>
        <translation>Beugung</translation>
    </message>
    <message>
        <source>set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>toes</source>
        <translation>Zehen</translation>
    </message>
    <message>
        <source>leg</source>
        <translation>Bein</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>reps</source>
        <translation>Wdh.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>height × reps</source>
        <translation>Höhe × Wdh.</translation>
    </message>
    <message>
        <source>pointed lowering, s</source>
        <translation>gestreckt gesenkt, s</translation>
    </message>
    <message>
        <source>a lowering, s</source>
        <translation>je Senken, s</translation>
    </message>
    <message>
        <source>height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>control lost</source>
        <translation>Kontrolle verloren</translation>
    </message>
    <message>
        <source>more possible</source>
        <translation>noch möglich</translation>
    </message>
    <message>
        <source>{count} × not judged: {why}</source>
        <translation>{count} × nicht gewertet: {why}</translation>
    </message>
    <message>
        <source>none: every judged rep was good</source>
        <translation>keine: jede gewertete Wiederholung war gut</translation>
    </message>
    <message>
        <source>soreness before: {value} of 10</source>
        <translation>Muskelkater vorher: {value} von 10</translation>
    </message>
    <message>
        <source>soreness before: no answer</source>
        <translation>Muskelkater vorher: keine Antwort</translation>
    </message>
    <message>
        <source>effort: no answer</source>
        <translation>Anstrengung: keine Antwort</translation>
    </message>
    <message>
        <source>stopped for a cramp at {times}</source>
        <translation>wegen Krampf angehalten bei {times}</translation>
    </message>
    <message>
        <source>sensors: {makes}</source>
        <translation>Sensoren: {makes}</translation>
    </message>
    <message>
        <source>no calibration by marked movements: the zero is a convention</source>
        <translation>keine Kalibrierung aus markierten Bewegungen: die Null ist eine Festlegung</translation>
    </message>
    <message>
        <source>calibration: {grade}, {minutes} min before the first set</source>
        <translation>Kalibrierung: {grade}, {minutes} min vor dem ersten Satz</translation>
    </message>
    <message>
        <source>calibration: {grade}, less than a minute before the first set</source>
        <translation>Kalibrierung: {grade}, weniger als eine Minute vor dem ersten Satz</translation>
    </message>
    <message>
        <source>calibrated before the session</source>
        <translation>vor der Sitzung kalibriert</translation>
    </message>
    <message>
        <source>zero taken again: {count} ×</source>
        <translation>Null neu genommen: {count} ×</translation>
    </message>
    <message>
        <source>ankle angle: ± {degrees}°, meant to hold in 95 of 100 samples</source>
        <translation>Fußwinkel: ± {degrees}°, soll für 95 von 100 Messwerten gelten</translation>
    </message>
    <message>
        <source>nothing was asked: no rep was judged</source>
        <translation>es war nichts gefragt: keine Wiederholung wurde gewertet</translation>
    </message>
    <message>
        <source>set {numbers}: {what}</source>
        <translation>Satz {numbers}: {what}</translation>
    </message>
    <message>
        <source>up</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>pointed</source>
        <translation>gestreckt</translation>
    </message>
    <message>
        <source>up, pointed</source>
        <translation>hoch, gestreckt</translation>
    </message>
    <message>
        <source>two legs up</source>
        <translation>zwei Beine hoch</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>usable</source>
        <translation>brauchbar</translation>
    </message>
    <message>
        <source>not usable</source>
        <translation>nicht brauchbar</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>toes up</source>
        <translation>Zehen hoch</translation>
    </message>
    <message>
        <source>Every set</source>
        <translation>Jeder Satz</translation>
    </message>
    <message>
        <source>{what}, every set</source>
        <translation>{what}, jeder Satz</translation>
    </message>
    <message>
        <source>the curl</source>
        <translation>Beugung</translation>
    </message>
    <message>
        <source>ankle against {angle}</source>
        <translation>Fuß gegen {angle}</translation>
    </message>
    <message>
        <source>height of the heel</source>
        <translation>Höhe der Ferse</translation>
    </message>
    <message>
        <source>{angle} over time</source>
        <translation>{angle} über der Zeit</translation>
    </message>
    <message>
        <source>Toepoint · a training session</source>
        <translation>Toepoint · eine Trainingseinheit</translation>
    </message>
    <message>
        <source>Simulated: nobody moved, a program made the data.</source>
        <translation>Simuliert: niemand hat sich bewegt, ein Programm hat die Daten gemacht.</translation>
    </message>
    <message>
        <source>and {count} more sets</source>
        <translation>und {count} weitere Sätze</translation>
    </message>
    <message>
        <source>the first {count}</source>
        <translation>die ersten {count}</translation>
    </message>
    <message>
        <source>thin: good · thick: missed · dashed: near</source>
        <translation>dünn: gut · dick: verfehlt · gestrichelt: knapp</translation>
    </message>
    <message>
        <source>Why reps were not good</source>
        <translation>Warum Wiederholungen nicht gut waren</translation>
    </message>
    <message>
        <source>Said by the person</source>
        <translation>Von der Person gesagt</translation>
    </message>
    <message>
        <source>How it was measured</source>
        <translation>Wie gemessen wurde</translation>
    </message>
    <message>
        <source>What good meant</source>
        <translation>Was gut hieß</translation>
    </message>
</context>
<context>
    <name>video</name>
    <message>
        <source>not laid on the time yet</source>
        <translation>noch nicht ausgerichtet</translation>
    </message>
    <message>
        <source>by its clock</source>
        <translation>nach seiner Uhr</translation>
    </message>
    <message>
        <source>by a tap</source>
        <translation>nach einem Stoß</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{name} cannot be read. Is the drive connected?</source>
        <translation>{name} lässt sich nicht lesen. Ist das Laufwerk verbunden?</translation>
    </message>
    <message>
        <source>{name} is no video that can be read. MP4, MOV, MKV, WebM and AVI can.</source>
        <translation>{name} ist kein lesbares Video. MP4, MOV, MKV, WebM und AVI gehen.</translation>
    </message>
    <message>
        <source>No picture in {name} can be read. Convert it to MP4 with H.264.</source>
        <translation>Kein Bild in {name} ist lesbar. Wandle es in MP4 mit H.264 um.</translation>
    </message>
    <message>
        <source>The pictures of {name} are larger than 8K. Convert it to a smaller size.</source>
        <translation>Die Bilder von {name} sind größer als 8K. Wandle es in eine kleinere Größe um.</translation>
    </message>
    <message>
        <source>{name} is damaged here.</source>
        <translation>{name} ist hier beschädigt.</translation>
    </message>
    <message>
        <source>This computer has no encoder to write a clip with.</source>
        <translation>Dieser Rechner hat keinen Encoder, um einen Clip zu schreiben.</translation>
    </message>
    <message>
        <source>{name} cannot be written. Choose another folder.</source>
        <translation>{name} lässt sich nicht schreiben. Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{name} is not where it was. Attach it again.</source>
        <translation>{name} ist nicht, wo es war. Häng es neu an.</translation>
    </message>
    <message>
        <source>{name} is another file than before. Attach the right one.</source>
        <translation>{name} ist eine andere Datei als zuvor. Häng die richtige an.</translation>
    </message>
    <message>
        <source>shin</source>
        <translation>Schienbein</translation>
    </message>
    <message>
        <source>foot</source>
        <translation>Fuß</translation>
    </message>
</context>
</TS>
