"""Connection, settings, errors, queues, tasks, blobs and logs; knows no word of the domain."""
