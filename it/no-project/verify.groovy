import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    // Three goals of one build: three reports, each complete, and one index, newest first.
    def reports = ['start', 'imagestreams', 'verify'].collectEntries { [it, build.json("three-goals/$it/report.json")] }
    reports.each { goal, report ->
        assert report.path('goal').asText() == goal
        assert report.path('outcome').asText() == 'ok'
        assert new File(basedir, "three-goals/$goal/report.html").text.contains("<h1><span>cdk:$goal</span> passed</h1>")
        def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, "three-goals/$goal/TEST-cdk.xml"))
        assert suite.@name == "cdk:$goal" && suite.@tests.toInteger() > 0 && suite.@failures == '0' && suite.@errors == '0'
    }
    assert reports.start.path('summary').path('imported').asInt() == 7 && reports.start.path('checks').size() > 5
    assert reports.start.path('images').size() > 0
    assert reports.imagestreams.path('summary').path('unchanged').asInt() == 7
    assert reports.verify.path('images').size() > 0
    def index = new File(basedir, 'three-goals/report.html').text
    assert (index =~ /href="\.\/(\w+)\/report\.html"/).collect { it[1] } == ['verify', 'imagestreams', 'start']
    assert index.contains('3 goals, all passed')

    // What a shell and a browser need of the VM.
    ["export KUBECONFIG='", "export DOCKER_HOST='tcp://", "export DOCKER_CERT_PATH='", "export PATH='"].each { start ->
        assert build.log().readLines().any { it.startsWith(start) }
    }
    def console = "https://${build.json('three-goals/start/report.json').at('/cdk/apiUrl').asText().split('//')[1]}/console"
    assert build.log().readLines().count { it.contains(console) } >= 2

    // The stop was a run of its own: what the start reported is gone, and so is what names the cluster that was stopped.
    assert !new File(basedir, 'cdk-report/start').exists()
    assert !new File(basedir, 'cdk-report/kubeconfig').exists()
    assert !new File(basedir, 'cdk-report/cdk.properties').exists()
    assert build.json('cdk-report/stop/report.json').path('outcome').asText() == 'ok'
    assert build.cdk().status().contains('Minishift:  Stopped')
}
true
