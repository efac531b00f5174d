"""A video beside a session: read by its frames, laid on the session's time, exported. No Qt.

``errors`` are what can be wrong with a file, ``facts`` what a file says about itself, ``video_file``
finds frames, ``reader`` does so in a thread of its own, ``alignment`` lays the video on the time of
the session, ``find_impacts`` finds what a camera sees too, ``attached`` is the video of the page, and
``clip_writer`` writes a clip. Only ``video_file``, ``reader`` and ``clip_writer`` load the library.
"""
