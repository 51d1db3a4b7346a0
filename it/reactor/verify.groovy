import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    // What happened to the VM, and "use" whenever a module asks for the console: at the end of its cdk:start, and by its cdk:status.
    def words = [start: 'start', stop: 'stop', console: 'use']
    def life = build.cdk().journal().minishiftCalls().collect { words[(it - ~/^--profile \S+ /).tokenize(' ')[0]] }.findAll { it }

    assert life.join(' ') == [
        'start use use use use use use stop', // one module after the other
        'start use use use use use use stop', // -T 4
        'start use use use use stop',       // the last module opts out
        'start use use use use stop',       // -rf
        'start use use use use stop',       // a module fails: stopped at the session's end
        'start use use use use use use stop'  // the same with --fail-at-end: stopped after the last module
    ].join(' ')
    assert build.cdk().status().contains('Minishift:  Stopped')

    def log = build.log()
    assert log.contains('Note: The VM is left running for more modules of this build: example.corp:second, example.corp:third')
    assert log.contains('cdk:start is skipped: cdk.skip is set')

    // From the parent, a profile of it, and .mvn/maven.config.
    def report = build.json('first/target/cdk/start/report.json')
    assert report.path('summary').path('unchanged').asInt() == 7
    assert !report.path('checks').any { it.path('id').asText() == 'registry.tls' }
    assert report.path('images').isMissingNode()

    // Each module has what it needs, from its own attaching, as long as the CDK runs.
    assert log.count('Hand over to the build') == 15
    ['first', 'second', 'third'].each { module ->
        ['cdk.properties', 'kubeconfig'].each { assert !new File(basedir, "$module/target/cdk/$it").exists() }
    }
}
true
