#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class cobject
  {
public:
   cobject(void) { }
  };
#endif
// refused: reserved-name at 3:7
