-- Mail that neither waits to be sorted nor is a response: staff look through it.
CREATE INDEX inbound_dealt ON inbound (id) WHERE taken_as <> 'reply' AND taken_as <> 'unsorted';
