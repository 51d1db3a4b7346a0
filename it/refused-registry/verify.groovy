def log = new File(basedir, 'build.log').text

// No program is configured and none is on the PATH: had one been looked for, that would be the message.
assert !log.contains("'minishift' was not found")
assert log.contains("Parameter 'registry' is missing")
assert log.contains("Parameter 'registry' is 'https://registry.corp.example:5000'")
assert log.contains("Parameter 'registry' is 'registry.corp.example:5000/Mirror'")
assert log.contains("Parameter 'registry' is 'registry',")
assert log.contains('-Dcdk.registry=registry.corp.example:5000')
true
