import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def images = new File(basedir, 'target/cdk/images')
    def registry = build.registry().host()
    assert new File(images, 'images.txt').text.contains('registry.redhat.io/openshift3/jenkins-2-rhel7:v3.11\n')
    assert new File(images, 'mapping.txt').text.contains("docker.io/library/postgres:13=${registry}/library/postgres:13\n")
    assert new File(images, 'images.lock').text.contains("${registry}/openshift3/ose-control-plane:v3.11.141@sha256:")
    def wanted = new File(images, 'missing.mapping.txt').readLines().findAll { !it.isEmpty() && !it.startsWith('#') }
    assert wanted.contains("docker.io/library/postgres:13=${registry}/library/postgres:13".toString())

    def jars = []
    new File(basedir, 'own-repository').eachFileRecurse { if (it.name ==~ /.*(?<!-sources|-javadoc)\.jar/) { jars << it.name } }
    assert jars.collect { it.replaceFirst(/-\d.*/, '') }.sort() == ['cdk-maven-plugin', 'commons-exec', 'jackson-annotations',
        'jackson-core', 'jackson-databind', 'plexus-utils', 'snakeyaml-engine']

    def failed = build.json('target/cdk/preflight/report.json').path('checks').findAll {
        it.path('outcome').asText() == 'fail' && it.path('id').asText() != 'goal'
    }
    assert failed.collect { it.path('subject').asText() } == ["${registry}/library/postgres:13".toString()]
    assert build.log().contains('Preflight found 1 problem, so no VM was started.')
    assert build.cdk().status().contains('Does Not Exist')
}
true
